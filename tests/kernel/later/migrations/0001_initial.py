from importlib import import_module

Migration = import_module("homeround.kernel.migrations.0001_initial").Migration
