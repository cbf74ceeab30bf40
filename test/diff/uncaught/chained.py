# An uncaught exception with a context and a cause.
class ConfigError(Exception):
    pass


def read(config, key):
    try:
        return config[key]
    except KeyError as e:
        raise ConfigError(f"missing setting {key!r}") from e


def main():
    config = {"a": 1}
    try:
        read(config, "b")
    except ConfigError:
        value = config["a"].upper()


main()
