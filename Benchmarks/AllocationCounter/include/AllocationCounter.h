/* How often this process has asked the C library for memory; not synchronised: the benchmark has one thread. */
#pragma once

long allocation_count(void);
