using System.Net;
using ActorWebhooks.Delivery.Egress;

namespace ActorWebhooks.Tests.Delivery.Egress;

/// <summary>A hundred spellings of addresses, as a URL may name them. Nothing is connected to.</summary>
public sealed class EgressRulesTests
{
    private static readonly string[] NeverReached =
    [
        "http://169.254.169.254/",
        "http://169.254.169.254:80/latest/meta-data/",
        "http://2852039166/",
        "http://0xA9FEA9FE/",
        "http://0xa9.0xfe.0xa9.0xfe/",
        "http://0251.0376.0251.0376/",
        "http://169.254.43518/",
        "http://169.16689662/",
        "http://0xa9.254.0251.254/",
        "http://169.254.1.1/",
        "http://169.254.255.255/",
        "http://168.63.129.16/",
        "http://100.100.100.200/",
        "http://192.0.0.192/",
        "http://0.0.0.0/",
        "http://0/",
        "http://0x0/",
        "http://00/",
        "http://0.0.0.1/",
        "http://0.255.255.255/",
        "http://224.0.0.1/",
        "http://239.255.255.250:1900/",
        "http://233.252.0.1/",
        "http://240.0.0.1/",
        "http://250.1.2.3/",
        "http://255.255.255.255/",
        "http://4294967295/",
        "http://0xffffffff/",
        "http://[::]/",
        "http://[::0]/",
        "http://[0:0:0:0:0:0:0:0]/",
        "http://[fe80::1]/",
        "http://[fe80::1%25eth0]/",
        "http://[febf::1]/",
        "http://[ff02::1]/",
        "http://[ff05::2]/",
        "http://[ff0e::1]/",
        "http://[fd00:ec2::254]/",
        "http://[FD00:EC2:0::254]/",
        "http://[fd20:ce::254]/",
        "http://[::ffff:169.254.169.254]/",
        "http://[::ffff:a9fe:a9fe]/",
        "http://[0:0:0:0:0:ffff:169.254.169.254]/",
        "http://[::169.254.169.254]/",
        "http://[::a9fe:a9fe]/",
        "http://[64:ff9b::169.254.169.254]/",
        "http://[64:ff9b::a9fe:a9fe]/",
        "http://[2002:a9fe:a9fe::1]/",
        "http://[2002:a9fe:a9fe::]/",
        "http://[2001:0:1:2:3:4:5601:5601]/",
        "http://[::ffff:0.0.0.0]/",
        "http://[::ffff:255.255.255.255]/",
        "http://[::ffff:224.0.0.1]/",
        "http://[64:ff9b::e000:1]/",
        "http://[2002:e000:1::1]/",
        "http://[2002:0:0::1]/",
        "http://[::ffff:168.63.129.16]/",
        "http://[::ffff:100.100.100.200]/",
        "http://[64:ff9b::6464:64c8]/",
        "http://[2002:6464:64c8::1]/",
        "http://[64:ff9b:1::a9fe:a9fe]/",
        "http://[64:ff9b:1:ffff::169.254.169.254]/",
        "http://[::ffff:0:a9fe:a9fe]/",
        "http://[::ffff:0:169.254.169.254]/",
        "http://[2001:db8::5efe:169.254.169.254]/",
        "http://[2001:db8::200:5efe:a9fe:a9fe]/",
    ];

    private static readonly string[] Private =
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://127.0.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.1/",
        "http://017700000001/",
        "http://0177.0.0.1/",
        "http://127.255.255.254/",
        "http://10.0.0.1/",
        "http://10.255.255.255/",
        "http://0xa.1/",
        "http://012.0.0.1/",
        "http://172.16.0.1/",
        "http://172.31.255.255/",
        "http://192.168.0.1/",
        "http://192.168.257/",
        "http://100.64.0.1/",
        "http://100.127.255.255/",
        "http://198.18.0.1/",
        "http://198.19.255.255/",
        "http://192.0.0.8/",
        "http://[::1]/",
        "http://[0:0:0:0:0:0:0:1]/",
        "http://[fc00::1]/",
        "http://[fdff::1]/",
        "http://[fec0::1]/",
        "http://[64:ff9b:1::808:808]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://[::ffff:192.168.0.1]/",
        "http://[::10.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[64:ff9b::10.0.0.1]/",
        "http://[64:ff9b::c0a8:1]/",
        "http://[2002:7f00:1::1]/",
        "http://[2002:a00:1::1]/",
        "http://[2002:c0a8:1::1]/",
        "http://[2001:0:1:2:3:4:80ff:fffe]/",
        "http://[2001:0:1:2:3:4:f5ff:fffe]/",
    ];

    private static readonly string[] Public =
    [
        "http://8.8.8.8/",
        "http://169.253.255.255/",
        "http://169.255.0.0/",
        "http://1.0.0.0/",
        "http://223.255.255.255/",
        "http://172.15.255.255/",
        "http://172.32.0.0/",
        "http://192.167.255.255/",
        "http://100.63.255.255/",
        "http://100.128.0.0/",
        "http://[2606:4700::1111]/",
        "http://[::ffff:8.8.8.8]/",
        "http://[64:ff9b::8.8.8.8]/",
        "http://[2002:808:808::1]/",
    ];

    [Fact]
    public void Link_local_metadata_multicast_and_unspecified_addresses_are_never_reached_whatever_is_allowed()
    {
        var all = Rules(false, allow: ["0.0.0.0/0", "::/0"]);

        Assert.True(NeverReached.Length + Private.Length >= 100);
        Assert.All(NeverReached, url => Assert.False(May(EgressRules.AlwaysOn, url) || May(all, url), url));
    }

    [Fact]
    public void Private_addresses_are_reached_unless_that_is_denied()
    {
        Assert.All(Private, url => Assert.True(May(EgressRules.AlwaysOn, url), url));
        Assert.All(Private, url => Assert.False(May(Rules(true), url), url));
    }

    [Fact]
    public void Other_addresses_are_reached() => Assert.All(Public, url => Assert.True(May(EgressRules.AlwaysOn, url) && May(Rules(true), url), url));

    [Theory]
    [InlineData("http://10.1.2.3:8080/", "10.0.0.0/8", true)]
    [InlineData("http://10.1.2.3:8080/", "10.0.0.0/8:8080", true)]
    [InlineData("http://10.1.2.3:8081/", "10.0.0.0/8:8080", false)]
    [InlineData("http://10.1.2.3/", "10.1.2.3", true)]
    [InlineData("http://10.1.2.4/", "10.1.2.3", false)]
    [InlineData("http://[fd00::5]/", "[fd00::]/8:80", true)]
    [InlineData("http://[fd00::5]/", "fd00::/8", true)]
    [InlineData("http://[fd00::5]:81/", "[fd00::]/8:80", false)]
    [InlineData("http://[::ffff:10.1.2.3]/", "10.0.0.0/8", true)]
    [InlineData("http://hooks.example.com/", "*.example.com", true)]
    [InlineData("http://HOOKS.example.COM./", "*.example.com", true)]
    [InlineData("http://example.com/", "*.example.com", false)]
    [InlineData("http://badexample.com/", "*.example.com", false)]
    [InlineData("http://hooks.example.com/", "hooks.example.com:80", true)]
    [InlineData("http://hooks.example.com/", "hooks.example.com:443", false)]
    public void Allowed_is_reached_though_private_networks_are_denied(string url, string allow, bool isReached) =>
        Assert.Equal(isReached, May(Rules(true, [allow]), url));

    [Fact]
    public void Deny_counts_before_what_is_open_and_after_what_is_allowed()
    {
        var rules = Rules(false, ["*.example.com"], ["0.0.0.0/0", "::/0"]);

        Assert.True(May(rules, "http://hooks.example.com/"));
        Assert.False(May(rules, "http://8.8.8.8/"));
        Assert.False(May(rules, "http://[2606:4700::1111]/"));
        Assert.False(May(Rules(false, [], ["8.8.0.0/16:80"]), "http://8.8.8.8/"));
        Assert.True(May(Rules(false, [], ["8.8.0.0/16:80"]), "http://8.8.8.8:81/"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/8:0")]
    [InlineData("10.0.0.0/8:70000")]
    [InlineData("*")]
    [InlineData("a.*.b")]
    [InlineData("http://example.com")]
    [InlineData("exa mple.com")]
    public void What_is_no_rule_is_refused(string text) => Assert.False(EgressRule.TryParse(text, out _));

    // A name stands for a private address here.
    private static bool May(EgressRules rules, string text)
    {
        var url = new Uri(text);
        var host = url.IdnHost.Trim('[', ']');
        return rules.MayConnect(url.Host, IPAddress.TryParse(host, out var address) ? address : IPAddress.Parse("10.9.9.9"), url.Port);
    }

    private static EgressRules Rules(bool denyPrivate, string[]? allow = null, string[]? deny = null) => new(
        denyPrivate, [.. (allow ?? []).Select(Rule)], [.. (deny ?? []).Select(Rule)]);

    private static EgressRule Rule(string text) => EgressRule.TryParse(text, out var rule) ? rule : throw new FormatException(text);
}
