using JieSuJiBan.Tests.Support;
using Microsoft.Playwright;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.EndToEnd;

/// <summary>From a department's proposal to a whistle: nobody in between had to know the organisation chart.</summary>
public sealed class DutySceneTests(LivePortal portal) : IClassFixture<LivePortal>
{
    [Fact]
    public Task ADutyForTheStreets_IsProposed_AdmittedByTheLeader_AndTheWhistleFormOffersItsOwners() => portal.PlayAsync(async () =>
    {
        var caseId = await portal.Portal.StartAsync();
        var department = await portal.SignInAsync(Energy);
        await department.GoAsync("/duties?do=new");
        await department.ReadyAsync();
        var form = department.Page.Locator("form.action");
        await form.Locator("[name=area]").FillAsync("电力");
        await form.Locator("[name=group]").FillAsync("充电设施");
        await form.Locator("[name=matter]").FillAsync("居民区充电设施建设");
        await form.Locator("[name=scope]").SelectOptionAsync("Street");
        await Assertions.Expect(form.Locator("[name=lead]")).ToHaveValueAsync("/~/street/");
        await form.Locator("[name=text]").FillAsync("组织居民议事，选定场地");
        await form.GetByLabel("区城管委", new() { Exact = true }).CheckAsync();
        await form.GetByLabel("供电公司", new() { Exact = true }).CheckAsync();
        await form.GetByLabel("区城管委配合做什么").FillAsync("牵头定建设主体");
        await form.GetByLabel("供电公司配合做什么").FillAsync("核实配电容量");
        await form.Locator("[name=basis]").FillAsync("《北京市机动车停车条例》");
        await form.Locator("[name=reason]").FillAsync("街乡镇最了解场地。");
        await department.Button("保存").ClickAsync();
        await department.Page.GetByRole(AriaRole.Heading, new() { Name = "居民区充电设施建设" }).WaitForAsync();
        await department.Text("待区领导准入").First.WaitForAsync();

        var street = await portal.SignInAsync(Street);
        await street.GoAsync($"/whistles/new?case={caseId}");
        await street.ReadyAsync();
        await Assertions.Expect(street.Page.Locator(".who-owns .owned > li")).ToHaveCountAsync(0);

        var leader = await portal.SignInAsync(DistrictLeader, 390);
        await leader.GoAsync("/inbox");
        await leader.ReadyAsync();
        await leader.Page.Locator("article.decision textarea[name=reason]").FillAsync("同意，街乡镇牵头、部门配合。");
        await leader.Button("同意准入").ClickAsync();
        await leader.Text("没有等您决定的事。").WaitForAsync();

        await street.Page.ReloadAsync();
        await street.ReadyAsync();
        await street.Button("召集区城管委").ClickAsync();
        await street.Button("召集供电公司").ClickAsync();
        await Assertions.Expect(street.Page.GetByLabel("请供电公司做什么")).ToHaveValueAsync("核实配电容量");
        await Assertions.Expect(street.Page.GetByLabel("法规或职责依据")).ToHaveValueAsync("《北京市机动车停车条例》");
        await Assertions.Expect(street.Page.GetByLabel("区城管委", new() { Exact = true })).ToBeCheckedAsync();

        // What the list has filled in is a draft like what was typed.
        await street.Page.ReloadAsync();
        await street.ReadyAsync();
        await Assertions.Expect(street.Page.GetByLabel("请区城管委做什么")).ToHaveValueAsync("牵头定建设主体");
        await street.FillAsync("吹哨前做了什么", "约谈物业两次，摸清车位612个。");
        await street.Button("保存哨单").ClickAsync();
        await street.Page.WaitForURLAsync("**/whistles/*-*");
        await street.Text("核实配电容量").First.WaitForAsync();
    });
}
