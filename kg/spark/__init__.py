"""The whole build on a Spark cluster (extra `spark`): the same stages, the same graph, in many processes."""
