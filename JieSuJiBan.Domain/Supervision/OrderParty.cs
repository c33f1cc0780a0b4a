using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Supervision;

/// <summary>A unit that has a part in an order, and may therefore see it.</summary>
public sealed class OrderParty(Guid orderId, OrgPath unit, OrderPart part)
{
    public Guid OrderId { get; private set; } = orderId;
    public OrgPath Unit { get; private set; } = unit;
    public OrderPart Part { get; private set; } = part;

    /// <summary>As the order is: it stands here too, so that a unit's few open orders are found among the many it ever had.</summary>
    public bool IsOpen { get; internal set; } = true;
}
