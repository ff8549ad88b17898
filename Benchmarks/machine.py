"""The machine that figures are from, in one line."""
import os
import pathlib
import platform


def description():
    models = [line.split(":", 1)[1].strip() for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines()
              if line.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2 ** 30
    return (f"{os.cpu_count()} cores of {models[0] if models else platform.machine()}, {memory:.0f} GiB, {platform.platform()}; "
            f"load {os.getloadavg()[0]:.1f}")
