"""Ways to tamper with a bag; each changes one thing and returns the name of a file that must be told."""

import random
from hashlib import new

MANIFESTS = ('manifest-sha256.txt', 'manifest-sha512.txt')


def files_of(bag, pattern='**/*'):
    return sorted(path for path in bag.glob(pattern) if path.is_file())


def flip_bit(bag, rng):
    path = rng.choice(files_of(bag))
    content = bytearray(path.read_bytes())
    content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    path.write_bytes(content)
    return path


def truncate(bag, rng):
    path = rng.choice(files_of(bag))
    path.write_bytes(path.read_bytes()[: rng.randrange(path.stat().st_size)])
    return path


def rename(bag, rng):
    path = rng.choice(files_of(bag))
    path.rename(path.with_name(f'{path.name}x'))
    return path


def delete(bag, rng):
    path = rng.choice(files_of(bag))
    path.unlink()
    return path


def add(bag, rng):
    path = rng.choice(files_of(bag)).with_name(f'nieuw-{rng.randrange(1000)}.txt')
    path.write_text('erbij')
    return path


def add_folder(bag, rng):
    path = rng.choice(files_of(bag)).with_name(f'leeg-{rng.randrange(1000)}')
    path.mkdir()
    return path


def link(bag, rng):
    path = rng.choice(files_of(bag, 'data/**/*'))
    other = path.with_name('elders')
    path.rename(bag.parent / 'elders')
    path.symlink_to(bag.parent / 'elders')
    assert not other.exists()
    return path


def repair(bag):
    """Write the manifests anew, as somebody would who knows BagIt; payload and tag files alike."""
    for name in MANIFESTS:
        _write(bag, name, [path.relative_to(bag).as_posix() for path in files_of(bag, 'data/**/*')])
    tags = sorted(['bagit.txt', 'bag-info.txt', *MANIFESTS])
    for name in MANIFESTS:
        _write(bag, f'tag{name}', tags)


def _write(bag, name, files):
    algorithm = name.removesuffix('.txt').rpartition('-')[2]
    lines = (f'{new(algorithm, (bag / file).read_bytes()).hexdigest()}  {file}\n' for file in sorted(files))
    (bag / name).write_text(''.join(lines))


def swap_and_repair(bag, rng):
    """Change a file and repair every manifest: its MDTO still knows."""
    plain = [path for path in files_of(bag, 'data/**/*') if not path.name.endswith('.MDTO.xml')]
    path = rng.choice(plain)
    path.write_bytes(path.read_bytes() + b' ')
    repair(bag)
    return path


def delete_and_repair(bag, rng):
    path = rng.choice([path for path in files_of(bag, 'data/**/*') if not path.name.endswith('.MDTO.xml')])
    path.unlink()
    repair(bag)
    return path


def change_all_and_repair(bag, rng):
    """Change a file, its MDTO and every manifest: only the root hash still knows."""
    path = rng.choice([path for path in files_of(bag, 'data/**/*') if path.suffix in ('.css', '.md')])
    old = new('sha256', path.read_bytes()).hexdigest()
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    sidecar = path.with_name(f'{path.name}.bestand.MDTO.xml')
    sidecar.write_text(sidecar.read_text().replace(old, new('sha256', content).hexdigest()))
    repair(bag)
    return bag


WAYS = (
    flip_bit, truncate, rename, delete, add, add_folder, link, swap_and_repair, delete_and_repair, change_all_and_repair
)  # fmt: skip


def tamper(bag, number):
    """Tamper in the way of this number; return the path, below the bag, of what must be told."""
    path = WAYS[number % len(WAYS)](bag, random.Random(number))
    return path.name if path == bag else path.relative_to(bag).as_posix()
