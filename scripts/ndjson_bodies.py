"""Bodies of JSON lines for schemathesis, which knows no such media type: lines that are findings or advisories but for a
detail, other JSON, and no JSON at all. Loaded by scripts/check-api."""
import json

import schemathesis
from hypothesis import strategies as st

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4), max_leaves=12,
)
FINDING = st.fixed_dictionaries(
    {"title": st.text(min_size=1, max_size=40), "package": st.just("pkg:generic/libtide@1.2.0") | st.text()},
    optional={
        "weakness": st.just("CWE-122") | JSON, "severity": st.sampled_from(["low", "high", "?"]), "description": st.text(),
        "location": st.fixed_dictionaries({"file": st.text(min_size=1)}, optional={"startLine": st.integers()}) | JSON,
    },
)
ADVISORY = st.fixed_dictionaries(
    {
        "id": st.from_regex(r"PYSEC-\d{1,4}", fullmatch=True) | st.text().map("GHSA-".__add__) | st.text(),
        "modified": st.just("2026-11-01T00:00:00Z") | st.text(),
    },
    optional={"summary": st.text(), "affected": JSON, "aliases": st.lists(st.text(), max_size=3), "withdrawn": JSON},
)
LINE = st.one_of(FINDING, ADVISORY, JSON).map(lambda value: json.dumps(value).encode()) | st.binary(max_size=200)

schemathesis.openapi.media_type("application/x-ndjson", st.lists(LINE, max_size=12).map(b"\n".join))


@schemathesis.deserializer("application/x-ndjson")
def text(context, response):
    """The document says that such an answer is a text; each line of it must be JSON."""
    content = response.content.decode()
    for line in content.splitlines():
        json.loads(line)
    return content
