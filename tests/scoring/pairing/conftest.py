import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # the pages of these tests are a module of this folder
