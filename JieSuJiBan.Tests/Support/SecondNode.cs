namespace JieSuJiBan.Tests.Support;

/// <summary>Another host on the same data, as behind a load balancer: its own books, desks and clock, and the same time of day.</summary>
internal sealed class SecondNode : PortalFixture
{
    public SecondNode(PortalFixture first)
        : base(first.Folder) => Clock.Set(first.Clock.GetUtcNow());
}
