using System.Reflection;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Domain;

public class LogTests
{
    /// <summary>These names are in databases. One may be added; none may ever be changed or taken away.</summary>
    private const string StoredNames = """
        analysis.corrected analysis.drafted analysis.edited analysis.published repeats.read
        case.accepted case.answered case.answered-at-once case.archived case.assigned case.called-back case.callback-asked case.callback-link-lapsed case.callback-missed case.callback-undelivered case.charge-assigned case.closed case.contacted case.contest-decided case.contest-examined case.contest-lapsed case.contest-near case.contest-withdrawn case.contested case.decision-forwarded case.decision-lapsed case.decision-near case.dispatch-lapsed case.dispatched
        enterprise-report.corrected enterprise-report.drafted enterprise-report.edited enterprise-report.published enterprise-report.recounted
        case.escalated case.escalation-decided case.extended case.facts-added case.file-stored case.full-file-read case.handed-to-district case.informed case.joined case.leader-asked case.leader-decided case.leader-question-withdrawn case.limit-reached case.merged case.node-lapsed case.objected
        case.objection-reviewed case.officer-withdrew case.petitioner-erased case.petitioner-rated case.petitioner-revealed case.progressed case.redone case.registered
        case.reporter-confirmed case.result-returned case.result-submitted case.resumed case.review-lapsed case.solved-on-the-spot case.spot-checked case.source-reopened case.source-updated case.suspended case.suspension-lapsed
        case.taken-over case.urged case.whistle-assessed case.whistle-ended case.whistle-joined case.whistle-sounded
        calendar.set callback-plan.set
        foreseen.confirmed foreseen.ended foreseen.proposed foreseen.rejected foreseen.revised foreseen.season-near foreseen.step-due foreseen.step-finished foreseen.step-started foreseen.whistled
        ranking.corrected ranking.published ranking.withdrawn scheme.set
        review.attended review.closed review.decided review.opened review.remarked
        supervision.answered supervision.issued supervision.lapsed supervision.returned supervision.settled supervision.turned-to-report supervision.withdrawn
        mutual.scheme-set firm.alias-ended firm.alias-set firm-list.dropped firm-list.notified firm-list.proposed firm-list.published firm-list.replied case.subject-named
        crowd.dismissed crowd.grown crowd.instructed crowd.raised crowd.whistled
        delegation.ended delegation.given plan.ended plan.set plan.whistle-set policy.set
        duty.admitted duty.ended duty.proposed duty.rejected duty.revised
        whistle.arrival-lapsed whistle.ask-seen whistle.assessment-lapsed whistle.committed whistle.confirmed whistle.decision-forwarded whistle.decision-lapsed whistle.decision-near whistle.drafted whistle.ended whistle.fed-back whistle.leader-asked
        whistle.late-reported whistle.leader-decided whistle.left whistle.message whistle.minutes-confirmed whistle.minutes-disputed whistle.minutes-issued whistle.objected whistle.objection-lapsed
        whistle.recalled whistle.refused whistle.released whistle.reported-in whistle.resolution-adopted whistle.resolution-dropped whistle.resolution-lapsed whistle.resolution-made
        whistle.responded whistle.response-lapsed whistle.returned whistle.revised whistle.sent-back whistle.settled whistle.signed whistle.sounded
        whistle.submitted whistle.unit-assessed whistle.unit-summoned whistle.urged whistle.whistle-assessed
        """;

    [Fact]
    public void StoredNames_AreTheOnesInTheDatabases() => Assert.Equal(
        StoredNames.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal),
        EventText.Types.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void EveryEventOfTheScenes_ComesBackFromItsTextAsItWas()
    {
        var entries = ArchivedCase().Unsaved.Concat(AdmittedDuty(StreetDuty).Unsaved).Concat(FoundAndConfirmed().Unsaved).Concat(FoundAndSolved().Unsaved)
            .Concat(WhistledCase().Unsaved).Concat(EndedWhistle().Unsaved).Concat(SettledOrder().Unsaved).Concat(CaseInCharge().Unsaved).ToList();

        foreach (var entry in entries)
        {
            var back = EventText.Read(entry.Type, entry.Body);
            Assert.Equal(entry.Event.GetType(), back.GetType());
            Assert.Equal(entry.Body, EventText.Write(back));
        }
    }

    [Fact]
    public void Text_KeepsChineseLegible() => Assert.Contains("充电桩", RegisteredCase().Unsaved[0].Body, StringComparison.Ordinal);

    [Fact]
    public void ThePetitioner_IsInNoEvent() => Assert.DoesNotContain(
        EventText.Types.Values.SelectMany(type => type.GetProperties()), property => property.PropertyType == typeof(JieSuJiBan.Domain.Cases.Petitioner));

    [Fact]
    public void Chain_OfAnUntouchedLog_IsSound()
    {
        var whistle = EndedWhistle();
        var chain = new Chain(whistle.Id);

        Assert.All(whistle.Unsaved, entry => Assert.Null(chain.Add(entry)));
        Assert.Null(chain.EndsAt(whistle.Version, whistle.Head));
    }

    public static TheoryData<string> Fields() => ["Stream", "CaseId", "At", "By", "Type", "Body", "Key", "Hash"];

    [Theory]
    [MemberData(nameof(Fields))]
    public void Chain_NamesTheFirstEntryThatWasTouched(string field)
    {
        var file = CaseInProgress();
        var entry = file.Unsaved[2];
        Touch(entry, field);

        var chain = new Chain(file.Id);
        var faults = file.Unsaved.Select(chain.Add).Where(fault => fault is not null).ToList();

        Assert.Equal("entry 3 is not what was written", faults[0]);
    }

    [Theory]
    [InlineData("UserId"), InlineData("Name"), InlineData("Unit"), InlineData("UnitName"), InlineData("Role")]
    public void Chain_CoversThePersonAndTheUnit(string property)
    {
        var entry = AcceptedCase().Unsaved[2];
        var other = property switch
        {
            "UserId" => entry.By with { UserId = "x" },
            "Name" => entry.By with { Name = "x" },
            "Unit" => entry.By with { Unit = Binhe },
            "UnitName" => entry.By with { UnitName = "x" },
            _ => entry.By with { Role = Role.GridWorker },
        };
        var before = entry.ComputeHash(new byte[32]);

        Set(entry, "By", other);

        Assert.NotEqual(before, entry.ComputeHash(new byte[32]));
    }

    [Fact]
    public void Chain_FindsAMissingEntry_AndACutTail()
    {
        var file = CaseInProgress();
        var chain = new Chain(file.Id);
        var withGap = file.Unsaved.Where(entry => entry.Sequence != 3).Select(chain.Add).First(fault => fault is not null);
        Assert.Equal("entry 3 is missing", withGap);

        var cut = new Chain(file.Id);
        Assert.All(file.Unsaved.SkipLast(1), entry => Assert.Null(cut.Add(entry)));
        Assert.NotNull(cut.EndsAt(file.Version, file.Head));
    }

    [Fact]
    public void Fields_DoNotRunIntoEachOther()
    {
        var by = Street;
        var one = new LogEntry(Guid.Empty, null, 1, Morning, by with { Name = "ab", UnitName = "c" }, new JieSuJiBan.Domain.Cases.CaseAccepted(), null, new byte[32]);
        var two = new LogEntry(Guid.Empty, null, 1, Morning, by with { Name = "a", UnitName = "bc" }, new JieSuJiBan.Domain.Cases.CaseAccepted(), null, new byte[32]);

        Assert.NotEqual(one.Hash, two.Hash);
    }

    [Fact]
    public void Time_IsKeptToTheMillisecond_SoThatEveryDatabaseKeepsIt()
    {
        var file = RegisteredCase();
        file.Dispatch(new(Mafang, [], At(100), "7日"), Rules.Calendar, Dispatcher, At(1).AddTicks(1234567));

        Assert.Equal(0, file.Unsaved[^1].At.UtcTicks % TimeSpan.TicksPerMillisecond);
        Assert.Equal(file.Unsaved[^1].At, file.DispatchedAt);
    }

    private static void Touch(LogEntry entry, string field)
    {
        object value = field switch
        {
            "Stream" or "CaseId" => Guid.NewGuid(),
            "At" => entry.At.AddMilliseconds(1),
            "By" => entry.By with { Name = "别人" },
            "Type" => "case.closed",
            "Body" => entry.Body.Replace("\"", "'", StringComparison.Ordinal) + " ",
            "Key" => "k",
            _ => new byte[32],
        };
        Set(entry, field, value);
    }

    private static void Set(LogEntry entry, string property, object value) =>
        typeof(LogEntry).GetProperty(property, BindingFlags.Public | BindingFlags.Instance)!.SetValue(entry, value);
}
