"""Holds two matchers' findings against each other, and says of every difference which rule of the OSV specification decides
(https://ossf.github.io/osv-schema/#evaluation)."""
import collections
import json
import re
import urllib.parse

LISTED = "the advisory lists the version, its ranges do not hold it: listed versions are affected; trivy's rows are made of ranges"
BEFORE_ZERO = "a pre-release of 0.0.0 under `introduced: 0`, which stands before every version; trivy takes it for the number 0"
PRERELEASE = "a pre-release inside a SEMVER range, ordered by SemVer 2.0; trivy passes it over"
REFUSED = "Breakwater refused the record when the index was made"
NO_PURL = "the component's purl is none by ECMA-427 (its type demands a namespace); Breakwater names it among the problems"
UNDECIDED = "Breakwater finds the advisory and leaves the verdict open, with a reason"
OTHER = "NOT EXPLAINED"


def component(purl):
    return urllib.parse.unquote(purl).lower()


def of_trivy(path):
    """Pairs of component and vulnerability."""
    results = json.loads(path.read_bytes()).get("Results", [])
    return {(component(found["PkgIdentifier"]["PURL"]), found["VulnerabilityID"])
            for result in results for found in result.get("Vulnerabilities") or []}


def names(match):
    return {match["advisory"], *match.get("names", [])}


class Comparison:
    """What both found, and what one alone did, by reason."""

    def __init__(self, trivy, report, refused):
        """`refused` has every name of the records that the index does not hold."""
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
                self.alone["trivy", self.trivy_reason(found, match, problems, refused)].append(" ".join(found))
        for match in matches:
            place = component(match["component"]["purl"])
            if match["verdict"] == "affected" and not any((place, name) in trivy for name in names(match)):
                self.alone["Breakwater", self.our_reason(match)].append(f"{place} {match['advisory']}")

    @staticmethod
    def trivy_reason(found, match, problems, refused):
        if match:
            return UNDECIDED
        if found[0] in problems:
            return NO_PURL
        return REFUSED if found[1] in refused else OTHER

    @staticmethod
    def our_reason(match):
        version = match["component"].get("version", "")
        if match["evidence"]["rule"] == "listed":
            return LISTED
        if match["evidence"]["rule"] == "range" and re.match(r"v?0\.0\.0-", version):
            return BEFORE_ZERO
        return PRERELEASE if match["evidence"]["rule"] == "range" and "-" in version else OTHER

    def text(self):
        lines = [f"  both: {self.both}"]
        for (side, reason), found in sorted(self.alone.items()):
            lines.append(f"  {side} alone: {len(found)}: {reason}; for example {min(found)}")
        return "\n".join(lines)

    def unexplained(self):
        return sum(len(found) for (_, reason), found in self.alone.items() if reason == OTHER)
