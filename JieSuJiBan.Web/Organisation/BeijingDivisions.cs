using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Web.Organisation;

/// <summary>The organisation a new portal starts with: Beijing's divisions by national code, and default departments in each district.</summary>
public static class BeijingDivisions
{
    public static readonly OrgPath City = new("/11/");

    public static IEnumerable<OrgUnit> All()
    {
        yield return new OrgUnit(City, "北京市", "北京市", 0);

        var departments = Rows("departments.txt").ToList();
        var sections = Rows("street-sections.txt").ToList();
        var (district, street) = (new OrgUnit(City, "", "", 0), new OrgUnit(City, "", "", 0));
        var order = 0;

        foreach (var line in Lines("beijing.txt"))
        {
            var (code, name) = (line[..line.IndexOf(' ', StringComparison.Ordinal)], line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
            order++;
            switch (code.Length)
            {
                case 6:
                    district = new OrgUnit(City.Child(code), name, name, order);
                    yield return district;
                    foreach (var unit in DepartmentsOf(district, departments))
                    {
                        yield return unit;
                    }

                    break;
                case 9:
                    street = new OrgUnit(district.Path.Child(code), district.Name + name, name, order);
                    yield return street;
                    foreach (var section in sections.Select((row, at) => new OrgUnit(street.Path.Child(row[0]), street.Name + row[1], row[1], at)))
                    {
                        yield return section;
                    }

                    break;
                default:
                    var code12 = street.Path.Value.Split('/')[^2] + code;
                    yield return new OrgUnit(street.Path.Child(code12), street.Name + name, name, order);
                    break;
            }
        }
    }

    private static IEnumerable<OrgUnit> DepartmentsOf(OrgUnit district, List<string[]> departments)
    {
        foreach (var (row, order) in departments.Select((row, order) => (row, order)))
        {
            var path = district.Path.Child(row[0]);
            var name = row[1].Replace("{区}", district.Name, StringComparison.Ordinal);
            yield return new OrgUnit(path, name, row[2], order);

            foreach (var (section, at) in row[3].Split(';').Select((section, at) => (section.Split(' '), at)))
            {
                yield return new OrgUnit(path.Child($"s.{section[0]}"), name + section[1], section[1], at);
            }
        }
    }

    private static IEnumerable<string[]> Rows(string file) => Lines(file).Select(line => line.Split('|', StringSplitOptions.TrimEntries));

    private static IEnumerable<string> Lines(string file)
    {
        using var reader = new StreamReader(typeof(BeijingDivisions).Assembly.GetManifestResourceStream($"JieSuJiBan.Web.Organisation.{file}")!);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                yield return line;
            }
        }
    }
}
