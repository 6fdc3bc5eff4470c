"""The ribbon tab, in both schemas that Excel knows, from `buttons.csv` and the texts room `ribbon`."""
