"""The words of a contact centre: values, tables, time and problems. Imports nothing else of ours."""
