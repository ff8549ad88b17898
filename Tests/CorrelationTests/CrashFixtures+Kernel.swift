@testable import Correlation

extension CrashFixture {
    /// One report as logs tell it: bare, behind the time, behind the time and the task that speaks, and behind a console's level.
    private static let kasan = [
        "==================================================================",
        "BUG: KASAN: slab-use-after-free in nft_set_destroy+0x1b/0x40 net/netfilter/nf_tables_api.c:4412",
        "Read of size 8 at addr ffff88801e5f7a10 by task syz-executor/5091", "",
        "CPU: 1 PID: 5091 Comm: syz-executor Not tainted 6.6.0 #0", "Call Trace:", " <TASK>",
        " dump_stack_lvl+0xd9/0x1b0 lib/dump_stack.c:106", " print_report+0xc4/0x620 mm/kasan/report.c:475",
        " kasan_report+0xda/0x110", " ? stale+0x1/0x2", " nft_set_destroy+0x1b/0x40 net/netfilter/nf_tables_api.c:4412",
        " nf_tables_commit+0x33a/0x900 [nf_tables]", " </TASK>", "", "Allocated by task 5091:",
        " kasan_save_stack+0x33/0x50", " nft_set_alloc+0x1/0x2", "Kernel panic - not syncing: KASAN: panic_on_warn set ..."
    ]

    private static func logged(_ name: String, behind prefix: String) -> CrashFixture {
        CrashFixture(
            name: "KASAN " + name, text: kasan.map { prefix + $0 + "\n" }.joined(), tool: .kernel,
            type: "Kernel failure\nSlab-use-after-free\nREAD 8", state: ["nft_set_destroy", "nf_tables_commit"],
            address: "0xffff88801e5f7a10", isRelevant: true)
    }

    private static let trace =
        "#PF: supervisor read access in kernel mode\nOops: 0000 [#1] PREEMPT SMP\nCPU: 0 PID: 7 Comm: cat\n"
        + "RIP: 0010:ext4_look_up+0x10/0x20 fs/ext4/x.c:3\nCall Trace:\n <TASK>\n ext4_read+0x10/0x20\n </TASK>\n"
        + "---[ end trace 0000000000000000 ]---\nRIP: 0010:ext4_look_up+0x10/0x20\nKernel panic - not syncing: Fatal exception\n"

    private static func fault(_ heading: String, _ type: String, address: String = "") -> CrashFixture {
        CrashFixture(
            name: heading, text: heading + "\n" + trace, tool: .kernel, type: "Kernel failure\n" + type,
            state: ["ext4_look_up", "ext4_read"], address: address, isRelevant: true)
    }

    static let kernelLogs: [CrashFixture] = [
        logged("bare", behind: ""), logged("with times", behind: "[   45.123456] "),
        logged("of syzbot", behind: "[   45.123456][ T5091] "), logged("of a console", behind: "<4>[   45.123456][    C0] "),
        fault(
            "BUG: unable to handle page fault for address: ffffed10ff000000", "Page-fault\nREAD", address: "0xffffed10ff000000"),
        fault(
            "BUG: unable to handle kernel paging request at ffffed10ff000000", "Page-fault\nREAD", address: "0xffffed10ff000000"
        ),
        fault(
            "BUG: kernel NULL pointer dereference, address: 0000000000000008", "Null-ptr-deref\nREAD", address: "0x000000000008"),
        fault("general protection fault: 0000 [#1] SMP PTI", "General-protection-fault\nREAD"),
        fault(
            "Oops: general protection fault, probably for non-canonical address 0xdead000000000100: 0000 [#1] SMP",
            "General-protection-fault\nREAD", address: "0xdead000000000100")
    ]
}
