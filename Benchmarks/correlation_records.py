#!/usr/bin/env python3
"""Writes the advisories of ../shared/suites as records for `breakwater correlate`, and the groups they make.

    Benchmarks/correlation_records.py FOLDER      writes FOLDER/records.ndjson and FOLDER/groups.jsonl

OSV and CVE records go in as they are; the native formats are converted. A group is what the explicit alias fields join (CVE and
GHSA identifiers, through any number of records), and OSS-Fuzz reports of one project, crash type and crash state: the rule of
dedupe-groundtruth, over all records. Records without any such identifier (AlmaLinux, Julia, many native ones) are in the set but
not judged: nobody said which vulnerability they are, so a pair with one of them is neither right nor wrong. For the same reason
OSS-Fuzz reports are judged among themselves."""
import collections
import json
import os
import pathlib
import re
import subprocess
import sys

SHARED = os.environ.get("BREAKWATER_SHARED") or pathlib.Path(__file__).resolve().parents[2] / "shared"
SUITES = pathlib.Path(SHARED) / "suites"
OSV = ["bitnami", "go", "pypa", "rustsec", "haskell", "julia", "almalinux", "oss-fuzz"]


def lines(path):
    process = subprocess.Popen(["zstd", "-dcq", SUITES / path], stdout=subprocess.PIPE)
    return (json.loads(line) for line in process.stdout)


def texts(value):
    return [part for part in value or [] if isinstance(part, str)]


def versions(pattern, ranges):
    return [version for text in ranges for version in re.findall(pattern + r"\s*v?(\d[\w.]*)", str(text))]


def rubysec(path, doc):
    related = doc.get("related") or {}
    identifiers = [f"CVE-{doc['cve']}"] if doc.get("cve") else []
    identifiers += [f"GHSA-{doc['ghsa']}"] if doc.get("ghsa") else []
    return {"id": "RUBYSEC:" + path, "database": "rubysec", "title": doc.get("title"), "description": doc.get("description"),
            "packages": ["pkg:gem/" + str(doc.get("gem") or doc.get("library") or doc.get("engine"))],
            "fixed": versions("(?:>=|~>)", doc.get("patched_versions") or []),
            "references": texts([doc.get("url")]) + texts(related.get("url"))}, identifiers


def friendsofphp(path, doc):
    ranges = [bound for branch in (doc.get("branches") or {}).values() for bound in branch.get("versions") or []]
    return {"id": "FOP:" + path, "database": "friendsofphp", "title": doc.get("title"),
            "packages": ["pkg:composer/" + doc.get("reference", "").removeprefix("composer://")],
            "fixed": versions("<", ranges), "references": texts([doc.get("link")])}, texts([doc.get("cve")])


def nodejs(path, doc):
    references = doc.get("references") or []
    if isinstance(references, str):
        references = re.findall(r"https?://[^\s)>\]]+", references)
    identifiers = texts(doc.get("cve") if isinstance(doc.get("cve"), list) else []) + texts(doc.get("cves"))
    return {"id": "NODESEC:" + path, "database": "nodejs", "title": doc.get("title"), "description": doc.get("overview"),
            "packages": ["pkg:npm/" + (doc.get("module_name") or "node")],
            "fixed": versions(r"(?:\^|>=|>)", [doc.get("patched") or doc.get("patched_versions") or ""]),
            "references": texts([doc.get("ref")]) + texts(references)}, identifiers


def records():
    """Every record with its id, its explicit identifiers and its crash."""
    for name in OSV:
        for record in lines(f"osv-corpus/{name}.jsonl.zst"):
            crash = None
            if name == "oss-fuzz":
                found = re.search(r"Crash type: (.*)\nCrash state:\n((?:.*\n)*?)```", record.get("details", ""))
                crash = found and (record["affected"][0]["package"]["name"], found[1].strip(), found[2])
            yield record["id"], record, texts(record.get("aliases")), crash
    for record in lines("vulnrichment/vulnrichment.jsonl.zst"):
        name = record["cveMetadata"]["cveId"]
        yield name, record, [name], None
    for name, convert in [("rubysec", rubysec), ("friendsofphp", friendsofphp), ("nodejs-security-wg", nodejs)]:
        for line in lines(f"osv-corpus/native-{name}.jsonl.zst"):
            record, identifiers = convert(line["path"], line["doc"])
            record = {key: value for key, value in record.items() if value}
            yield record["id"], record, identifiers, None


class Union:
    def __init__(self):
        self.parents = {}

    def find(self, key):
        while self.parents.setdefault(key, key) != key:
            self.parents[key] = key = self.parents[self.parents[key]]
        return key

    def join(self, a, b):
        self.parents[self.find(a)] = self.find(b)


def main(folder):
    union, named, crashes, unjudged = Union(), [], [], []
    with open(folder / "records.ndjson", "w") as output:
        for name, record, identifiers, crash in records():
            (named if identifiers else crashes if crash else unjudged).append(name)
            output.write(json.dumps(record) + "\n")
            # An alias may also be the name of another record.
            for identifier in identifiers + [name]:
                union.join(("record", name), identifier.upper())
            if crash:
                union.join(("record", name), crash)
    with open(folder / "groups.jsonl", "w") as output:
        groups = collections.defaultdict(list)
        for name in named + crashes:
            groups[union.find(("record", name))].append(name)
        for members in groups.values():
            if len(members) > 1:
                output.write(json.dumps({"members": members}) + "\n")
        output.write(json.dumps({"judgedAmong": crashes}) + "\n")
        output.write(json.dumps({"unjudged": unjudged}) + "\n")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
