"""Near-duplicate texts by datasketch (MinHashLSH, then union of those that meet) or rapidfuzz (all pairs of the first 2,000).

    near_duplicates.py datasketch|rapidfuzz FILE        FILE as `breakwater correlate` takes it

Prints a line with the seconds, then a cluster of ids a line."""
import json
import re
import sys
import time

records = [json.loads(line) for line in open(sys.argv[2])]


def shingles(text):
    words = re.findall(r"\w+", text.lower())
    return [" ".join(words[place:place + 3]).encode() for place in range(max(1, len(words) - 2))]


def datasketch():
    from datasketch import MinHash, MinHashLSH
    start = time.perf_counter()
    index, clusters, home = MinHashLSH(threshold=0.5, num_perm=64), {}, {}
    hashes = MinHash.generator((shingles(record["description"]) for record in records), num_perm=64)
    for record, value in zip(records, hashes):
        found = index.query(value)
        home[record["id"]] = home[found[0]] if found else record["id"]
        clusters.setdefault(home[record["id"]], []).append(record["id"])
        index.insert(record["id"], value)
    print(json.dumps({"items": len(records), "seconds": time.perf_counter() - start}))
    for members in clusters.values():
        print(json.dumps(members))


def rapidfuzz():
    from rapidfuzz import fuzz, process
    texts = [record["description"] for record in records[:2000]]
    start = time.perf_counter()
    process.cdist(texts, texts, scorer=fuzz.ratio, score_cutoff=80, workers=1)
    print(json.dumps({"items": len(texts), "pairs": len(texts) ** 2, "seconds": time.perf_counter() - start}))


{"datasketch": datasketch, "rapidfuzz": rapidfuzz}[sys.argv[1]]()
