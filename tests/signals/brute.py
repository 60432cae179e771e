"""A second attacker, who tries every table there is. Written apart from `signals.attack` and sharing nothing with it."""

from itertools import product


def tables(atoms, figures):
    """Every table (dict atom -> number) that fits `figures`, pairs of a set of atoms and their sum; atoms in no figure are left out."""
    rests = [total for _, total in figures]
    said = [atom for atom in atoms if any(atom in among for among, _ in figures)]

    def fill(place, chosen):
        if place == len(said):
            if not any(rests):
                yield dict(chosen)
            return
        atom = said[place]
        touched = [number for number, (among, _) in enumerate(figures) if atom in among]
        for value in range(min(rests[number] for number in touched) + 1):
            for number in touched:
                rests[number] -= value
            chosen[atom] = value
            yield from fill(place + 1, chosen)
            for number in touched:
                rests[number] += value

    yield from fill(0, {})


def readings(atoms, figures, cell):
    """Every number the cell can be. All its atoms must be in some figure."""
    return {sum(table[atom] for atom in cell) for table in tables(atoms, figures)}


def splits(parts, most):
    """Every way in which up to `most` can lie over `parts`."""
    return [way for way in product(range(most + 1), repeat=parts) if sum(way) <= most]
