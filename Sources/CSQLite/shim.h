// SQLite's C library (Debian: libsqlite3-dev). Imported by Audit only, which shares no code with the engine it checks.
#include <sqlite3.h>
