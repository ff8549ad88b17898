"""What a plain program does with a new advisory of PyPI: fetch every row of the package, compare each with `packaging`.

    deposited_python.py DATABASE ADVISORIES

Prints a JSON object a line: the advisory, milliseconds from the parsed record on, and how many inventories it concerns."""
import json
import re
import sqlite3
import sys
import time

from packaging.version import InvalidVersion, Version


def version(text):
    try:
        return Version(text)
    except InvalidVersion:
        return None


def ranges(affected):
    """Pairs of the first affected version and the first that is not; `0` and nothing are open ends."""
    for span in affected.get("ranges", []):
        begun = None
        for event in span["events"] if span["type"] == "ECOSYSTEM" else []:
            if "introduced" in event:
                begun = Version("0.dev0") if event["introduced"] == "0" else version(event["introduced"])
            elif "fixed" in event and begun is not None:
                yield begun, version(event["fixed"])
                begun = None
        if begun is not None:
            yield begun, None


def concerned(connection, record):
    found = set()
    for affected in record.get("affected", []):
        name = re.sub(r"[-_.]+", "-", affected["package"]["name"]).lower()
        spans, listed = list(ranges(affected)), set(affected.get("versions", []))
        rows = connection.execute(
            "SELECT version, inventory FROM inventory_component WHERE name = ? AND ecosystem = 'PyPI'", (name,))
        for text, inventory in rows:
            installed = version(text)
            if installed is None or text in listed or any(
                    low <= installed and (high is None or installed < high) for low, high in spans):
                found.add(inventory)
    return found


def main():
    connection = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
    with open(sys.argv[2], encoding="utf-8") as file:
        records = [json.loads(line) for line in file]
    for record in records:
        if not record["id"].startswith("PYSEC"):
            continue
        started = time.perf_counter()
        found = concerned(connection, record)
        print(json.dumps({"advisory": record["id"], "milliseconds": (time.perf_counter() - started) * 1e3,
                          "inventories": len(found)}))


main()
