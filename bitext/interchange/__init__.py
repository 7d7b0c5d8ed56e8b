"""
Units out to the tools that people work in, and what people changed there back in.

`export` selects units and writes them in any format; `read` takes any file that holds units;
`Merge` brings reviewers' edits into the units they belong to.
"""

from bitext.interchange.exporting import Export, export, known
from bitext.interchange.files import Units, form_of, header_of, read, read_all
from bitext.interchange.merging import Conflict, Edit, Merge, edits
from bitext.interchange.selecting import Tally

__all__ = [
    "Conflict",
    "Edit",
    "Export",
    "Merge",
    "Tally",
    "Units",
    "edits",
    "export",
    "form_of",
    "header_of",
    "known",
    "read",
    "read_all",
]
