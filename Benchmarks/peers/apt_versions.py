"""apt's own comparison of Debian versions: C++, called from Python. Usage: apt_versions.py PAIRS"""
import sys

import apt_pkg

from clock import figure, pairs

apt_pkg.init_system()
PAIRS = pairs(sys.argv[1])
compare = apt_pkg.version_compare
figure("apt_pkg", len(PAIRS), lambda: sum([compare(left, right) < 0 for left, right in PAIRS]))
