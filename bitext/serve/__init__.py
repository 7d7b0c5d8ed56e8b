"""
A small HTTP service on this machine: translate, check, detect (needs the extra `serve`).

Its /translate, /detect and /languages are those of LibreTranslate (https://docs.libretranslate.com),
so that its clients work. `create_app` makes the application of an engine and a glossary.
"""

from bitext.serve.application import create_app
from bitext.serve.limits import Limits

__all__ = ["Limits", "create_app"]
