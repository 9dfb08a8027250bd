"""A real mail server for the tests: Debian's dovecot with a configuration and a certificate of its own."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

PROGRAM = shutil.which('dovecot') or shutil.which('dovecot', path='/usr/sbin')
PASSWORD = 'zeer-geheim'
CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = required
auth_failure_delay = 0
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
mail_location = maildir:{folder}/mail/%u
first_valid_uid = 1
namespace inbox {{
  inbox = yes
  mailbox Klaar {{
    auto = create
  }}
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid=65534 gid=65534 home={folder}/mail/%u
}}
service imap-login {{
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
"""


class Server:
    """A server that runs; mails are put straight into its Maildir."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix='dc', dir='/tmp'))
        self.folder.chmod(0o755)
        with socket.socket() as free:
            free.bind(('127.0.0.1', 0))
            self.port = free.getsockname()[1]
        command = (
            'openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost'
        )
        files = ['-keyout', str(self.folder / 'key.pem'), '-out', str(self.folder / 'cert.pem')]
        subprocess.run([*command.split(), *files], check=True, capture_output=True)
        (self.folder / 'mail').mkdir()
        os.chown(self.folder / 'mail', 65534, 65534)
        settings = CONFIGURATION.format(folder=self.folder, port=self.port, password=PASSWORD)
        (self.folder / 'conf').write_text(settings)
        self.process = subprocess.Popen([PROGRAM, '-F', '-c', str(self.folder / 'conf')])
        self._wait()

    def _wait(self):
        for _try in range(200):
            try:
                socket.create_connection(('127.0.0.1', self.port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError((self.folder / 'log').read_text())

    @property
    def certificate(self):
        return self.folder / 'cert.pem'

    def address(self, user, folder='INBOX'):
        return f'imaps://{user}@localhost:{self.port}/{folder}'

    def deliver(self, user, mails):
        """Put mails in the inbox of a user."""
        box = self.folder / 'mail' / user
        for name in ('cur', 'new', 'tmp'):
            (box / name).mkdir(parents=True, exist_ok=True)
        for n, mail in enumerate(mails):
            (box / 'new' / f'{time.time():.6f}.{n}.test').write_bytes(mail)
        for path in [box, *box.rglob('*')]:
            os.chown(path, 65534, 65534)

    def stop(self):
        self.process.terminate()
        self.process.wait(20)
        shutil.rmtree(self.folder, ignore_errors=True)
