// The checks' tables, which the build takes from the command line's own checks (rules.py).

const rules = withPatterns(JSON.parse(find("rules").textContent));
