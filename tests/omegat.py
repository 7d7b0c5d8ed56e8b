"""The real OmegaT as a judge: which segments does it translate from a TMX without being asked?"""

import re
import shutil
import subprocess
from pathlib import Path

FOLDERS = ("source", "target", "tm/auto", "glossary", "dictionary", "omegat")
PROJECT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir>
<tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir>
<glossary_file>__DEFAULT__</glossary_file><dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>FR</source_lang><target_lang>EN-US</target_lang>
<source_tok>org.omegat.tokenizer.LuceneFrenchTokenizer</source_tok>
<target_tok>org.omegat.tokenizer.LuceneEnglishTokenizer</target_tok>
<sentence_seg>false</sentence_seg>
<support_default_translations>true</support_default_translations>
<remove_tags>false</remove_tags>
</project></omegat>
"""
PROBLEMS = ("TF_TM_LOAD_ERROR", "TMXR_WARNING")
SECONDS = 300  # a run takes some 15 s on two slow cores


def remaining(project: Path, segments: list[str], tmx: Path) -> tuple[int, int, list[str]]:
    """
    How many segments OmegaT counts, how many it is left with, and what it says of the TMX.

    Makes `project`, which must not exist yet; the translated text is left in its target folder.
    """
    for folder in FOLDERS:
        (project / folder).mkdir(parents=True)
    (project / "omegat.project").write_text(PROJECT, encoding="utf-8")
    # Its text filter takes a paragraph for a segment, and a blank line for the end of one.
    (project / "source" / "segments.txt").write_text("\n\n".join(segments) + "\n", encoding="utf-8")
    shutil.copy(tmx, project / "tm" / "auto" / "given.tmx")
    return counted(project)


def counted(project: Path) -> tuple[int, int, list[str]]:
    """As `remaining`, of a project that is there already."""
    log = translate(project)
    statistics = project / "omegat" / "project_stats.txt"
    # Its exit status is 0 whatever happens.
    assert statistics.is_file(), log
    counts = statistics.read_text(encoding="utf-8")
    problems = [line for line in log.splitlines() if any(p in line for p in PROBLEMS)]
    return count("Total", counts), count("Remaining", counts), problems


def translate(project: Path) -> str:
    command = [
        "omegat",
        str(project),
        "--mode=console-translate",
        f"--config-dir={project.with_name(project.name + '.config')}",
        "--quiet",
        "--disable-project-locking",
        "--no-team",
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    return done.stdout + done.stderr


def count(row: str, counts: str) -> int:
    found = re.search(rf"^{row}:\s+(\d+)", counts, re.MULTILINE)
    assert found, counts
    return int(found[1])
