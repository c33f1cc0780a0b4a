using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Accounts;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Demo;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace JieSuJiBan.Web.Seed;

/// <summary>
/// Accounts for the invented district: 105-dispatch, 105-leader, 105-supervisor, 105-archive, 105-admin, and for each street, department
/// and enterprise its code and its head's, such as 105-001 and 105-001-lead, 105-cgw and 105-cgw-lead.
/// </summary>
public sealed class SeedAccounts(IOptions<DemoOptions> demo)
{
    public const string Prefix = "105-";

    public string Password => demo.Value.Password;

    internal async Task OpenAsync(PortalDbContext db, SeedCast cast, DateTimeOffset end, CancellationToken cancellationToken)
    {
        var (hash, chance) = (new PasswordHasher<PortalUser>().HashPassword(new PortalUser(), Password), new Random(2));
        var from = end.AddYears(-2);
        Open("dispatch", cast.Dispatcher(from), "调度员");
        Open("leader", cast.Leader(from), "副区长");
        Open("supervisor", cast.Supervisor(from), "督查专员");
        Open("archive", cast.Actor(SeedCast.District.Child("d.da"), Role.Archivist, from), "档案员");
        Open("admin", cast.Actor(SeedCast.District, Role.Administrator, from), "系统管理员");
        foreach (var unit in cast.Streets.Concat(cast.Units))
        {
            var name = CodeOf(unit);
            Open(name, cast.Officer(unit, from), "承办人");
            Open($"{name}-lead", cast.Head(unit, from), "负责人");
        }

        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();

        void Open(string name, Actor who, string title)
        {
            if (db.Users.Local.All(user => user.Id != who.UserId))
            {
                db.Users.Add(new PortalUser
                {
                    Id = who.UserId,
                    UserName = Prefix + name,
                    NormalizedUserName = (Prefix + name).ToUpperInvariant(),
                    DisplayName = who.Name,
                    PasswordHash = hash,
                    SecurityStamp = chance.Id(from).ToString("N"),
                    LockoutEnabled = true,
                });
            }

            db.Posts.Add(new Post { Id = chance.Id(from), UserId = who.UserId, Unit = who.Unit, Role = who.Role, Title = title, From = from });
        }
    }

    // The last three figures of a street's code, the letters of a department's.
    internal static string CodeOf(OrgPath unit) => unit.Value.Split('/')[^2] is var code && unit.Kind == UnitKind.Street ? code[^3..] : $"{code[2..]}{(unit.Kind == UnitKind.Enterprise ? "-e" : "")}";
}
