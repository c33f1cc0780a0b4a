using System.Net;
using JieSuJiBan.Web.Webhooks;

namespace JieSuJiBan.Tests.Domain;

public class WebhookRuleTests
{
    [Theory]
    [InlineData("93.184.216.34"), InlineData("8.8.8.8"), InlineData("100.63.255.255"), InlineData("100.128.0.0"), InlineData("172.15.255.255"), InlineData("172.32.0.0")]
    [InlineData("192.167.255.255"), InlineData("198.17.255.255"), InlineData("223.255.255.255"), InlineData("168.63.129.15")]
    [InlineData("2400:3200::1"), InlineData("2606:4700:4700::1111"), InlineData("2001:4860:4860::8888"), InlineData("::ffff:8.8.8.8"), InlineData("64:ff9b::8.8.8.8")]
    public void WhatLiesInTheOpen_MayBeCalled(string address) => Assert.True(PublicAddress.Is(IPAddress.Parse(address)));

    [Theory]
    [InlineData("0.0.0.0"), InlineData("0.1.2.3"), InlineData("10.0.0.1"), InlineData("10.255.255.255"), InlineData("100.64.0.1"), InlineData("100.100.100.200")]
    [InlineData("127.0.0.1"), InlineData("127.255.255.254"), InlineData("169.254.169.254"), InlineData("172.16.0.1"), InlineData("172.31.255.255")]
    [InlineData("192.0.0.192"), InlineData("192.0.2.1"), InlineData("192.88.99.1"), InlineData("192.168.1.1"), InlineData("198.18.0.1"), InlineData("198.19.255.255")]
    [InlineData("198.51.100.1"), InlineData("203.0.113.1"), InlineData("224.0.0.1"), InlineData("239.255.255.255"), InlineData("240.0.0.1"), InlineData("255.255.255.255")]
    [InlineData("168.63.129.16")]
    [InlineData("::"), InlineData("::1"), InlineData("::7f00:1"), InlineData("fe80::1"), InlineData("fec0::1"), InlineData("fc00::1"), InlineData("fd00:ec2::254"), InlineData("ff02::1")]
    [InlineData("2001:db8::1"), InlineData("3fff::1"), InlineData("2001::1"), InlineData("2002:7f00:1::"), InlineData("2002:a00:1::")]
    [InlineData("::ffff:127.0.0.1"), InlineData("::ffff:10.0.0.1"), InlineData("::ffff:169.254.169.254"), InlineData("64:ff9b::10.0.0.1"), InlineData("64:ff9b::169.254.169.254"), InlineData("64:ff9b:1::1")]
    [InlineData("100::1"), InlineData("5f00::1"), InlineData("4000::1")]
    public void WhatLiesInsideSomewhere_MayNot(string address) => Assert.False(PublicAddress.Is(IPAddress.Parse(address)));

    [Fact]
    public void PausesGrow_UpToSixHours_AndEndAfterTenTries()
    {
        Assert.Equal([10, 30, 90, 270, 810, 2430, 7290, 21600, 21600], Enumerable.Range(1, 9).Select(tries => BackOff.After(tries, 0.5).TotalSeconds));
        Assert.Equal((8, 12), (BackOff.After(1, 0).TotalSeconds, BackOff.After(1, 1).TotalSeconds));
        Assert.False(BackOff.IsLast(9, isNo: false));
        Assert.True(BackOff.IsLast(10, isNo: false));
        Assert.True(BackOff.IsLast(3, isNo: true));
    }

    [Fact]
    public void ASignature_IsWhatAnybodyElseComputes() => Assert.Equal(
        "sha256=a6d3be573cb5c2c90060ec845f57ad260ef805174aaafe6ca5367fefbe1c7c66", Courier.Sign("whsec_0123456789abcdef", 1_772_413_200, """{"event":"case.closed","number":"117-20260302-0001"}"""));

    [Theory]
    [InlineData("case.closed", "case.*", true), InlineData("case.closed", "case.closed", true), InlineData("case.closed", "whistle.*", false)]
    [InlineData("whistle.sounded", "whistle.*", true), InlineData("case.petitioner-revealed", "case.*", false), InlineData("whistle.message", "whistle.*", false)]
    [InlineData("case.closed", "case.close", false), InlineData("duty.admitted", "duty.*", false)]
    public void AnEvent_FitsItsNameOrItsKind_UnlessItStaysInTheHouse(string name, string pattern, bool fits) => Assert.Equal(fits, WebhookEvents.Matches([pattern], name));
}
