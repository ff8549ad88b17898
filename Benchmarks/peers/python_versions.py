"""packaging's and univers' versions, parsed and compared. Usage: python_versions.py PAIRS"""
import sys

from packaging.version import Version
from univers.versions import PypiVersion

from clock import figure, pairs

PAIRS = pairs(sys.argv[1])
figure("packaging", len(PAIRS), lambda: sum([Version(left) < Version(right) for left, right in PAIRS]))
figure("univers", len(PAIRS), lambda: sum([PypiVersion(left) < PypiVersion(right) for left, right in PAIRS]))
