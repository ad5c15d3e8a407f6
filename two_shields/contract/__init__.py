"""The data contract: vocabulary, schema, and the checks that hold the tables to them."""
