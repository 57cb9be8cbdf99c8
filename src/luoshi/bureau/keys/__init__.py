"""密钥: what personal values, files and partitions are sealed with. They lie outside the database, in a folder of their own."""

from luoshi.bureau.keys.keyring import Key, Keyring, PartKeys, keyring

__all__ = ["Key", "Keyring", "PartKeys", "keyring"]
