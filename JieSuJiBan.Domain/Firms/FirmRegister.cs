using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Firms;

public abstract record FirmRegisterEvent : LogEvent;

/// <summary>What is written as <paramref name="Alias"/> is the firm that is called <paramref name="Name"/>.</summary>
[StoredAs("firm.alias-set")]
public sealed record FirmAliasSet(OrgPath District, string Alias, string AliasKey, string Name, string Key) : FirmRegisterEvent;

[StoredAs("firm.alias-ended")]
public sealed record FirmAliasEnded(string AliasKey) : FirmRegisterEvent;

public sealed record FirmAlias(string Alias, string AliasKey, string Name, string Key);

/// <summary>A district's register of firms: under which other names one is known. A firm without another name needs no line.</summary>
public sealed class FirmRegister : Aggregate
{
    private FirmRegister() { }  // for EF and replay

    public OrgPath District { get; private set; }
    public IReadOnlyList<FirmAlias> Aliases { get; private set; } = [];

    protected override Guid? LogCaseId => null;

    public static FirmRegister Replay(IEnumerable<LogEntry> log) => Replay(new FirmRegister(), log);

    public static bool CanKeep(Actor by) => by.Role.OverseesDistrict();

    public static (FirmRegister? Register, Outcome Outcome) Begin(Guid id, string alias, string name, Actor by, DateTimeOffset now)
    {
        var register = new FirmRegister { Id = id, District = by.Unit.District };
        var outcome = register.Know(alias, name, by, now);
        return (outcome.IsDone ? register : null, outcome);
    }

    public Outcome Know(string alias, string name, Actor by, DateTimeOffset now)
    {
        if ((CheckRole(by) ?? Check(alias, name)) is { } refusal)
        {
            return refusal;
        }

        Record(new FirmAliasSet(District, FirmName.Tidy(alias), FirmName.KeyOf(alias)!, FirmName.Tidy(name), FirmName.KeyOf(name)!), by, now);
        return Outcome.Done;
    }

    public Outcome Forget(string aliasKey, Actor by, DateTimeOffset now)
    {
        if ((CheckRole(by) ?? (Aliases.Any(alias => alias.AliasKey == aliasKey) ? null : new Refusal("firm.alias.none", "没有这个别名。", "There is no such other name."))) is { } refusal)
        {
            return refusal;
        }

        Record(new FirmAliasEnded(aliasKey), by, now);
        return Outcome.Done;
    }

    /// <summary>The keys under which cases name a firm.</summary>
    public static IReadOnlyList<string> KeysOf(IEnumerable<FirmAlias> aliases, string key) => [key, .. aliases.Where(alias => alias.Key == key).Select(alias => alias.AliasKey)];

    protected override void Apply(LogEntry entry)
    {
        switch (entry.Event)
        {
            case FirmAliasSet e: (District, Aliases) = (e.District, [.. Aliases.Where(alias => alias.AliasKey != e.AliasKey), new FirmAlias(e.Alias, e.AliasKey, e.Name, e.Key)]); break;
            case FirmAliasEnded e: Aliases = [.. Aliases.Where(alias => alias.AliasKey != e.AliasKey)]; break;
            default: throw new InvalidOperationException($"No rule applies {entry.Event.GetType().Name}.");
        }
    }

    private Refusal? CheckRole(Actor by) =>
        CanKeep(by) && by.Unit.District == District ? null : new("firm.role", "企业名录由区指挥中心、督查和区领导维护。", "The district keeps the register of firms.");

    // One step from an alias to its firm, never two.
    private Refusal? Check(string alias, string name) => (FirmName.KeyOf(alias), FirmName.KeyOf(name)) switch
    {
        (null, _) => new("firm.name", "请填写企业名称，不写个人姓名。", "Give a firm's name, never a person's.", "alias"),
        (_, null) => new("firm.name", "请填写企业名称，不写个人姓名。", "Give a firm's name, never a person's.", "name"),
        var (left, right) when left == right => new("firm.alias.same", "两个名称本来就是同一家。", "Both are the same already.", "name"),
        var (left, right) when Aliases.Any(known => known.AliasKey == right || known.Key == left) => new("firm.alias.chain", "其中一个已是别名或已有别名，请填写最终的名称。", "One of them is another name already: give the final one.", "name"),
        _ => null,
    };
}
