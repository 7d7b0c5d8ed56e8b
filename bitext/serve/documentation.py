"""The page that explains the service: made of its OpenAPI description, complete in itself."""

import json
from collections.abc import Iterator
from html import escape
from typing import Any

from fastapi.responses import HTMLResponse

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto }}
h2 {{ margin-top: 2.5rem }}
pre {{ padding: 0.75rem; border: 1px solid; border-radius: 4px; overflow-x: auto }}
td, th {{ padding: 0.2rem 1rem 0.2rem 0; text-align: left; vertical-align: top }}
</style>
</head>
<body>
<h1>{title}</h1>
<p>{description} Described for programs in <a href="/openapi.json">openapi.json</a>.</p>
{routes}
</body>
</html>
"""


def page(description: dict[str, Any]) -> HTMLResponse:
    """All routes, with what they take and an example to paste."""
    about = description["info"]
    body = PAGE.format(
        title=escape(f"{about['title']} {about['version']}"),
        description=escape(about["description"]),
        routes="\n".join(routes(description)),
    )
    return HTMLResponse(body, headers={"Content-Security-Policy": POLICY})


def routes(description: dict[str, Any]) -> Iterator[str]:
    for path, methods in description["paths"].items():
        for method, route in methods.items():
            yield f"<h2><code>{method.upper()} {escape(path)}</code></h2>"
            yield f"<p>{escape(route.get('description', ''))}</p>"
            content = route.get("requestBody", {}).get("content", {})
            schema = content.get("application/json", {}).get("schema", {})
            rows = "".join(fields(schema))
            if rows:
                yield f"<table><tr><th>field</th><th>needed</th><th>what</th></tr>{rows}</table>"
            yield f"<pre>{escape(example(method, path, schema))}</pre>"


def fields(schema: dict[str, Any]) -> Iterator[str]:
    needed = schema.get("required", ())
    for name, field in schema.get("properties", {}).items():
        said = escape(field.get("description", ""))
        mark = "yes" if name in needed else ""
        yield f"<tr><td><code>{escape(name)}</code></td><td>{mark}</td><td>{said}</td></tr>"


def example(method: str, path: str, schema: dict[str, Any]) -> str:
    """A command that asks for this route."""
    if method != "post":
        return f"curl localhost:5000{path}"
    given = {
        name: field["examples"][0]
        for name, field in schema.get("properties", {}).items()
        if field.get("examples")
    }
    given = given or {"pairs": [{"source": "Il a 30 ans.", "target": "He is 20."}]}
    said = json.dumps(given, ensure_ascii=False)
    return f"curl localhost:5000{path} -H 'Content-Type: application/json' -d '{said}'"
