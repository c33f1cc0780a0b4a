namespace JieSuJiBan.Domain.Organisation;

/// <summary>What an officer does in the unit of his post.</summary>
public enum Role
{
    [Word("门户")] Portal,
    [Word("区指挥中心")] Dispatcher,
    [Word("区领导")] DistrictLeader,
    [Word("督查")] Supervisor,
    [Word("街乡主要领导")] StreetLeader,
    [Word("街乡诉求中心")] StreetOfficer,
    [Word("街乡科室")] StreetSection,
    [Word("部门负责人")] DepartmentHead,
    [Word("部门联络员")] DepartmentOfficer,
    [Word("公服企业")] EnterpriseOfficer,
    [Word("社区（村）工作者")] CommunityWorker,
    [Word("网格员")] GridWorker,
    [Word("档案员")] Archivist,
    [Word("管理员")] Administrator,
}

public static class Roles
{
    /// <summary>Signs what leaves the unit: whistles, answers.</summary>
    public static bool LeadsItsUnit(this Role role) => role is Role.StreetLeader or Role.DepartmentHead;

    /// <summary>Sees the whole district by office.</summary>
    public static bool OverseesDistrict(this Role role) => role is Role.Dispatcher or Role.DistrictLeader or Role.Supervisor;

    /// <summary>Works on cases. The administrator keeps accounts and sees no case, the archivist only finished ones.</summary>
    public static bool HandlesCases(this Role role) => role is not (Role.Administrator or Role.Archivist or Role.Portal);

    /// <summary>Sees cases at all: whoever works on them, and the archivist. What is published in a district is for these.</summary>
    public static bool SeesCases(this Role role) => role.HandlesCases() || role == Role.Archivist;

    /// <summary>The kinds of unit a post of this role can be in.</summary>
    public static bool Fits(this Role role, UnitKind kind) => role switch
    {
        Role.Dispatcher or Role.Supervisor or Role.Archivist => kind is UnitKind.Department or UnitKind.District,
        Role.DistrictLeader => kind is UnitKind.District,
        Role.StreetLeader or Role.StreetOfficer => kind is UnitKind.Street,
        Role.StreetSection => kind is UnitKind.Section,
        Role.DepartmentHead => kind is UnitKind.Department or UnitKind.Enterprise,
        Role.DepartmentOfficer => kind is UnitKind.Department or UnitKind.Section,
        Role.EnterpriseOfficer => kind is UnitKind.Enterprise or UnitKind.Section,
        Role.CommunityWorker or Role.GridWorker => kind is UnitKind.Community,
        Role.Administrator => kind is UnitKind.City or UnitKind.District or UnitKind.Department,
        _ => false,
    };
}
