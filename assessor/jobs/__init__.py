"""Work that goes on outside of the browser: audits and trends, in limited processes."""
