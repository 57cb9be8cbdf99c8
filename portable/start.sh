#!/bin/sh
# Find a Python that suits this bundle and hand over to it. No network, no administrator rights.
cd "$(dirname "$0")" || exit 2
export PYTHONUTF8=1 PYTHONNOUSERSITE=1
for one in ./python/bin/python3 python3.13 python3.12 python3.11 python3; do
    if "$one" program/begin.py --suits >/dev/null 2>&1; then
        exec "$one" program/begin.py "$@"
    fi
done
cat program/no-python.txt
exit 2
