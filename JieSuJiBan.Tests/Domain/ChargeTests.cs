using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Tests.Support;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Domain;

/// <summary>领导包案、专人包案: who may name whom.</summary>
public class ChargeTests
{
    [Fact]
    public void ACase_HasALeaderAndAnOfficer_ByName()
    {
        var file = CaseInCharge();

        Assert.Equal(("周启明", "李晓禾", "leader", "mafang"), (file.Leader!.Name, file.Worker!.Name, file.LeaderId, file.WorkerId));
        Assert.Equal(file.Told(), CaseFile.Replay(file.Unsaved).Told());
    }

    [Fact]
    public void TheDistrictNamesThem_OrTheHeadOfTheOwningUnit_AndNobodyElse()
    {
        foreach (var nobody in new[] { Street, OtherStreet, Energy, EnergyHead, Village, Archivist })
        {
            Assert.Equal("case.charge.role", CaseInProgress().AssignCharge(StreetHead, null, "难", nobody, At(3)).Refusal?.Code);
        }

        foreach (var somebody in new[] { Dispatcher, Supervisor, DistrictLeader, StreetHead })
        {
            Assert.True(CaseInProgress().AssignCharge(StreetHead, Street, "难", somebody, At(3)).IsDone);
        }

        Assert.Equal("case.charge.leader", CaseInProgress().AssignCharge(DistrictLeader, null, "难", StreetHead, At(3)).Refusal?.Code);
    }

    [Fact]
    public void TheLeaderLeads_AndTheOfficerIsOfTheOwningUnit()
    {
        Assert.Equal("case.charge.leader-missing", CaseInProgress().AssignCharge(null, Street, "难", Supervisor, At(3)).Refusal?.Code);
        Assert.Equal("case.charge.leader", CaseInProgress().AssignCharge(Street, null, "难", Supervisor, At(3)).Refusal?.Code);
        Assert.Equal("case.charge.leader", CaseInProgress().AssignCharge(EnergyHead, null, "难", Supervisor, At(3)).Refusal?.Code);
        Assert.Equal("case.charge.worker", CaseInProgress().AssignCharge(DistrictLeader, Energy, "难", Supervisor, At(3)).Refusal?.Code);
        Assert.Equal("case.charge.worker", CaseInProgress().AssignCharge(DistrictLeader, Enforcer, "难", Supervisor, At(3)).Refusal?.Code);
        Assert.True(CaseInProgress().Do(file => file.Assign(Enforcers, "清理", Street, At(2))).AssignCharge(DistrictLeader, Enforcer, "难", Supervisor, At(3)).IsDone);
        Assert.Equal("case.missing.reason", CaseInProgress().AssignCharge(DistrictLeader, Street, " ", Supervisor, At(3)).Refusal?.Code);
        Assert.Equal("case.charge.same", CaseInCharge().AssignCharge(DistrictLeader, Street, "再说一次", Supervisor, At(4)).Refusal?.Code);
        Assert.Equal("case.charge.status", RegisteredCase().AssignCharge(DistrictLeader, null, "难", Supervisor, At(1)).Refusal?.Code);
    }

    [Fact]
    public void WhoWithdraws_OrWhoseUnitLosesTheCase_IsInChargeNoLonger()
    {
        Assert.Null(CaseInCharge().Do(file => file.Withdraw("亲属", Street, At(4))).Worker);

        var file = DispatchedCase()
            .Do(given => given.AssignCharge(StreetHead, Street, "难", Supervisor, At(0.3)))
            .Do(given => given.ObjectToDispatch("不在职责内", "《清单》", EnergyOffice, Rules, Street, At(0.4)))
            .Do(given => given.ReviewObjection(true, "成立", Supervisor, At(0.5)))
            .Do(given => given.Dispatch(new DispatchOrder(EnergyOffice, [], At(100), "一般诉求7日"), Rules.Calendar, Dispatcher, At(0.6)));
        Assert.Equal((null, null), (file.WorkerId, file.Worker));
    }
}
