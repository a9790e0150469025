"""Wrong displays of an explorer: each must be noticed by those who look."""


def survivors(source, mutants, look):
    """The names of the mutants, {name: (right, wrong)}, at whose text `look` raises no AssertionError."""
    alive = []
    for name, (right, wrong) in mutants.items():
        assert source.count(right) == 1, name
        try:
            look(source.replace(right, wrong))
        except AssertionError:
            continue
        alive.append(name)
    return alive
