"""The indicators: one file each, file name = function name = id. They know nothing of weights, SQL or Scrapy."""
