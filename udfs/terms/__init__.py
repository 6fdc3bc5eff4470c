"""Payment terms: what they say, which due date they give, which days the banks are open."""
