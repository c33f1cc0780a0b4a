using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Organisation;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Domain;

public class OrganisationTests
{
    private static readonly List<OrgUnit> s_beijing = [.. BeijingDivisions.All()];

    [Theory]
    [InlineData("/11/", UnitKind.City), InlineData("/11/110117/", UnitKind.District), InlineData("/11/110117/110117005/", UnitKind.Street)]
    [InlineData("/11/110117/110117005/110117005001/", UnitKind.Community), InlineData("/11/110117/d.cgw/", UnitKind.Department)]
    [InlineData("/11/110117/e.gd/", UnitKind.Enterprise), InlineData("/11/110117/d.cgw/s.nyk/", UnitKind.Section), InlineData("/", UnitKind.None), InlineData("", UnitKind.None)]
    public void Path_SaysWhatKindOfUnitItIs(string path, UnitKind kind) => Assert.Equal(kind, new OrgPath(path).Kind);

    [Fact]
    public void Path_KnowsItsParentDistrictAndWhoAnswersForIt()
    {
        Assert.Equal(Mafang, Huijing.Parent);
        Assert.Equal(District, Huijing.District);
        Assert.Equal(Mafang, Huijing.Answering);
        Assert.Equal(EnergyOffice, EnergyOffice.Child("s.nyk").Answering);
        Assert.Equal(EnergyOffice, EnergyOffice.Answering);
    }

    [Fact]
    public void Contains_IsByWholeSegments()
    {
        Assert.True(District.Contains(Huijing));
        Assert.False(new OrgPath("/11/110117/1101170/").Contains(Mafang));
        Assert.False(Huijing.Contains(Mafang));
    }

    [Fact]
    public void Beijing_HasAllItsDivisions_AndEveryDistrictItsDepartments()
    {
        Assert.Equal(16, s_beijing.Count(unit => unit.Kind == UnitKind.District));
        Assert.Equal(349, s_beijing.Count(unit => unit.Kind == UnitKind.Street));
        Assert.Equal(7535, s_beijing.Count(unit => unit.Kind == UnitKind.Community));
        Assert.Equal(18, s_beijing.Count(unit => unit.Kind == UnitKind.Street && unit.Path.Parent == District));
        Assert.All(s_beijing.Where(unit => unit.Kind == UnitKind.District), district =>
            Assert.InRange(s_beijing.Count(unit => unit.Path.Parent == district.Path && unit.Kind is UnitKind.Department or UnitKind.Enterprise), 35, 70));
    }

    [Fact]
    public void Beijing_NamesEveryUnitOnce_UnderAParentThatExists()
    {
        var paths = s_beijing.Select(unit => unit.Path).ToHashSet();

        Assert.Equal(s_beijing.Count, paths.Count);
        Assert.All(s_beijing.Where(unit => unit.Path != BeijingDivisions.City), unit => Assert.Contains(unit.Path.Parent, paths));
        Assert.All(s_beijing, unit => Assert.NotEqual(UnitKind.None, unit.Kind));
    }

    [Fact]
    public void EveryRole_FitsSomeKindOfUnit() => Assert.All(
        Enum.GetValues<Role>().Where(role => role != Role.Portal), role => Assert.Contains(Enum.GetValues<UnitKind>(), kind => role.Fits(kind)));
}
