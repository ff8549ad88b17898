/// Rules of our own for semgrep, which has none without network: few, and nearly always worth a look.
enum SemgrepRules {
    static let text = """
        rules:
        - id: breakwater.python.shell-command
          languages: [python]
          severity: ERROR
          message: A command goes through a shell; whatever is part of it can add commands.
          metadata: {cwe: ["CWE-78: OS Command Injection"]}
          pattern-either:
          - patterns:
            - pattern: subprocess.$CALL(..., shell=True, ...)
            - pattern-not: subprocess.$CALL("...", ..., shell=True, ...)
          - patterns:
            - pattern: os.system($COMMAND)
            - pattern-not: os.system("...")
        - id: breakwater.python.evaluated-text
          languages: [python]
          severity: ERROR
          message: Text is evaluated as a program.
          metadata: {cwe: ["CWE-95: Eval Injection"]}
          pattern-either:
          - patterns: [{pattern: 'eval($X)'}, {pattern-not: 'eval("...")'}]
          - patterns: [{pattern: 'exec($X)'}, {pattern-not: 'exec("...")'}]
        - id: breakwater.python.untrusted-deserialisation
          languages: [python]
          severity: ERROR
          message: Reading this format runs what it names; bytes from outside are a program here.
          metadata: {cwe: ["CWE-502: Deserialization of Untrusted Data"]}
          pattern-either:
          - pattern: pickle.load(...)
          - pattern: pickle.loads(...)
          - pattern: marshal.loads(...)
          - pattern: yaml.load($X)
          - pattern: yaml.unsafe_load(...)
        - id: breakwater.python.query-from-text
          languages: [python]
          severity: ERROR
          message: A query is put together from text; parameters keep data apart from it.
          metadata: {cwe: ["CWE-89: SQL Injection"]}
          pattern-either:
          - pattern: $CURSOR.execute("..." % $X, ...)
          - pattern: $CURSOR.execute("..." + $X, ...)
          - pattern: $CURSOR.execute("...".format(...), ...)
          - pattern: $CURSOR.execute(f"...{$X}...", ...)
        - id: breakwater.python.broken-digest
          languages: [python]
          severity: WARNING
          message: Collisions of this digest can be made.
          metadata: {cwe: ["CWE-328: Use of Weak Hash"]}
          pattern-either:
          - pattern: hashlib.md5(...)
          - pattern: hashlib.sha1(...)
        - id: breakwater.python.unverified-certificate
          languages: [python]
          severity: ERROR
          message: The other side's certificate is not verified.
          metadata: {cwe: ["CWE-295: Improper Certificate Validation"]}
          pattern: requests.$METHOD(..., verify=False, ...)
        - id: breakwater.python.guessable-file
          languages: [python]
          severity: WARNING
          message: Somebody else can make this file first.
          metadata: {cwe: ["CWE-377: Insecure Temporary File"]}
          pattern: tempfile.mktemp(...)
        - id: breakwater.c.unbounded-copy
          languages: [c, cpp]
          severity: WARNING
          message: As much is written as the source is long, whatever the destination holds.
          metadata: {cwe: ["CWE-120: Classic Buffer Overflow"]}
          pattern-either:
          - patterns: [{pattern: 'strcpy($TO, $FROM)'}, {pattern-not: 'strcpy($TO, "...")'}]
          - patterns: [{pattern: 'strcat($TO, $FROM)'}, {pattern-not: 'strcat($TO, "...")'}]
          - patterns:
            - pattern: sprintf($TO, $FORMAT, ...)
            - metavariable-regex: {metavariable: $FORMAT, regex: '.*%s.*'}
        - id: breakwater.c.gets
          languages: [c, cpp]
          severity: ERROR
          message: gets can't be told how much fits.
          metadata: {cwe: ["CWE-242: Use of Inherently Dangerous Function"]}
          pattern: gets($X)
        - id: breakwater.c.shell-command
          languages: [c, cpp]
          severity: ERROR
          message: A command goes through a shell; whatever is part of it can add commands.
          metadata: {cwe: ["CWE-78: OS Command Injection"]}
          pattern-either:
          - patterns: [{pattern: 'system($X)'}, {pattern-not: 'system("...")'}]
          - patterns: [{pattern: "popen($X, $M)"}, {pattern-not: "popen(\\"...\\", $M)"}]
        - id: breakwater.c.format-from-outside
          languages: [c, cpp]
          severity: ERROR
          message: The format is no constant; one from outside reads and writes memory.
          metadata: {cwe: ["CWE-134: Externally-Controlled Format String"]}
          pattern-either:
          - patterns: [{pattern: 'printf($X)'}, {pattern-not: 'printf("...")'}]
          - patterns: [{pattern: "fprintf($F, $X)"}, {pattern-not: "fprintf($F, \\"...\\")"}]
        - id: breakwater.javascript.evaluated-text
          languages: [javascript, typescript]
          severity: ERROR
          message: Text is evaluated as a program.
          metadata: {cwe: ["CWE-95: Eval Injection"]}
          patterns: [{pattern: 'eval($X)'}, {pattern-not: 'eval("...")'}]
        - id: breakwater.javascript.markup-from-text
          languages: [javascript, typescript]
          severity: WARNING
          message: Text becomes markup, scripts included.
          metadata: {cwe: ["CWE-79: Cross-site Scripting"]}
          patterns: [{pattern: '$ELEMENT.innerHTML = $X'}, {pattern-not: '$ELEMENT.innerHTML = "..."'}]
        - id: breakwater.go.shell-command
          languages: [go]
          severity: ERROR
          message: A command goes through a shell; whatever is part of it can add commands.
          metadata: {cwe: ["CWE-78: OS Command Injection"]}
          patterns:
          - pattern: exec.Command("sh", "-c", $X, ...)
          - pattern-not: exec.Command("sh", "-c", "...", ...)
        - id: breakwater.java.untrusted-deserialisation
          languages: [java]
          severity: WARNING
          message: Reading objects runs code of their classes.
          metadata: {cwe: ["CWE-502: Deserialization of Untrusted Data"]}
          pattern: (ObjectInputStream $IN).readObject()

        """
}
