/// Words that are common in English or in descriptions of vulnerabilities, by the share of texts that have them.
/// Written down from general knowledge, in three steps; counts of the set at hand add to them.
enum CommonWords {
    static let shares: [(words: String, share: Double)] = [
        ("the of in to and is an or for by that with this be via on from as are it at", 0.6),
        (
            """
            allows attacker attackers remote vulnerability versions version before prior can could which when arbitrary user users \
            code allow was were has have been not used using use issue through other may its all any if but into could also \
            execute information access service crafted denial affected fixed does due where file files
            """, 0.15
        ),
        (
            """
            cause causes request requests memory overflow injection script html web cross site scripting xss sql command \
            commands server client application data input validation bypass authentication authenticated privileges \
            function functions buffer heap read write null pointer dereference path traversal directory upload crash \
            malicious security upgrade update patch patched release released component components exploit \
            exploited leading lead leads result results unauthorized sensitive local privilege escalation \
            package library module plugin project software open source github com http https api url such these \
            there more than only one some their they will would should must been being how then so no parameter parameters \
            field value values string header page content admin administrator permissions control improper \
            insufficient lack missing incorrect out bounds integer type free after race condition recommended workaround \
            vulnerable impact discovered found known possible system systems network product products default configuration \
            process run running set name key password token session cookie database query we you your our
            """, 0.03
        )
    ]
}
