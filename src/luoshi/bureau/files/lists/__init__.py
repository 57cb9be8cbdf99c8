"""Lists of units that were brought, kept until they are carried out."""
