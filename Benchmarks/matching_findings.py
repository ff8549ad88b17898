"""Holds two matchers' findings against each other, and says of every difference which rule of the OSV specification decides
(https://ossf.github.io/osv-schema/#evaluation)."""
import collections
import json
import re
import urllib.parse

LISTED = "the advisory lists the version, its ranges do not hold it: listed versions are affected; trivy's rows are made of ranges"
BEFORE_ZERO = "a pre-release of 0.0.0 under `introduced: 0`, which stands before every version; trivy takes it for the number 0"
REFUSED = "Breakwater refused the record when the index was made"
NO_PURL = "the component's purl is none by ECMA-427 (its type demands a namespace); Breakwater names it among the problems"
UNDECIDED = "Breakwater finds the advisory and leaves the verdict open, with a reason"
OVERLAP = "another range of the same advisory holds the version, and one is enough; trivy takes the fix of one for the end of all"
TIE = "one range ends where another begins, at the same version: the specification sorts events and leaves ties open"
CASE = "the module's path is written in another case than the advisory's; Breakwater compares Go's paths without case, trivy with it"
OTHER = "NOT EXPLAINED"


def component(purl):
    return urllib.parse.unquote(purl).lower()


def of_trivy(path):
    """Pairs of component and vulnerability."""
    results = json.loads(path.read_bytes()).get("Results", [])
    return {(component(found["PkgIdentifier"]["PURL"]), found["VulnerabilityID"])
            for result in results for found in result.get("Vulnerabilities") or []}


def is_of_another_case(purl, records):
    """Whether no record names the purl's package as it is written, and one does but for the case."""
    path = urllib.parse.unquote(purl.removeprefix("pkg:golang/").split("@")[0].split("?")[0])
    packages = {affected.get("package", {}).get("name", "") for record in records for affected in record.get("affected", [])}
    return path not in packages and path.lower() in {name.lower() for name in packages}


def names(match):
    return {match["advisory"], *match.get("names", [])}


def ends(record):
    """The versions at which ranges of a record end, and those at which some end and others begin."""
    spans = [span["events"] for affected in record.get("affected", []) for span in affected.get("ranges", [])]
    fixed = {str(event["fixed"]) for events in spans for event in events if "fixed" in event}
    return fixed, {str(event["introduced"]) for events in spans for event in events if "introduced" in event} & fixed


class Comparison:
    """What both found, and what one alone did, by reason."""

    def __init__(self, trivy, report, records, refused):
        """`records` has each advisory under every name, `refused` the names of those that the index does not hold."""
        self.both, self.alone = 0, collections.defaultdict(list)
        matches = report["matches"]
        ours = {(component(match["component"]["purl"]), name): match for match in matches for name in names(match)}
        problems = {component(text) for source in report["inventories"] for problem in source.get("problems", [])
                    for text in re.findall(r"pkg:\S+", problem)}
        for found in trivy:
            match = ours.get(found)
            if match and match["verdict"] == "affected":
                self.both += 1
            else:
                self.alone["trivy", self.trivy_reason(found, match, problems, records, refused)].append(" ".join(found))
        for match in matches:
            place = component(match["component"]["purl"])
            if match["verdict"] == "affected" and not any((place, name) in trivy for name in names(match)):
                self.alone["Breakwater", self.our_reason(match, records)].append(f"{place} {match['advisory']}")

    @staticmethod
    def trivy_reason(found, match, problems, records, refused):
        if match:
            return UNDECIDED
        if found[0] in problems:
            return NO_PURL
        if found[1] in refused:
            return REFUSED
        return TIE if any(ends(record)[1] for record in records[found[1]]) else OTHER

    @staticmethod
    def our_reason(match, records):
        version = match["component"].get("version", "")
        if is_of_another_case(match["component"]["purl"], records[match["advisory"]]):
            return CASE
        if match["evidence"]["rule"] == "listed":
            return LISTED
        if match["evidence"]["rule"] == "range" and re.match(r"v?0\.0\.0-", version):
            return BEFORE_ZERO
        if any(version.removeprefix("v") in ends(record)[0] for record in records[match["advisory"]]):
            return OVERLAP
        return OTHER

    def text(self):
        lines = [f"  both: {self.both}"]
        for (side, reason), found in sorted(self.alone.items()):
            lines.append(f"  {side} alone: {len(found)}: {reason}; for example {min(found)}")
        return "\n".join(lines)

    def unexplained(self):
        return sum(len(found) for (_, reason), found in self.alone.items() if reason == OTHER)
