"""OnRecord: who said what, and did it happen? A ledger of contacts between leaders, read from news pages as they are found.

from onrecord.ingest import pages
from onrecord.pipeline import read_page

for page in pages(["page.html"]):
    result = read_page(page)
"""

__version__ = "0.1.0"
