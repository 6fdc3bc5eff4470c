"""Letters to clients: what each needs, its Word template, its file, the register of those sent."""
