// libpq, the C client library of PostgreSQL 15 (Debian: libpq-dev). Imported by JournalPostgres only.
#include <libpq-fe.h>
