using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JieSuJiBan.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class CoUnitsAreKept : Migration
    {
        /// <summary>
        /// Who helped by the dispatch that the first valid callback followed: the units that answer for its co-units, the parent for a
        /// section or a community, without the lead.
        /// </summary>
        public const string FromTheLogs =
            """
            UPDATE "Cases" SET "CountedCoUnits" = (
                SELECT '|' || group_concat("Unit", '|' ORDER BY "Unit") || '|' FROM (
                    SELECT DISTINCT CASE
                        WHEN substr("Named", length("Parent") + 1, 2) = 's.' THEN "Parent"
                        WHEN length("Named") - length("Parent") = 13 AND substr("Named", length("Parent") + 1, 2) NOT IN ('d.', 'e.') THEN "Parent"
                        ELSE "Named" END AS "Unit"
                    FROM (
                        SELECT named."value" AS "Named", rtrim(rtrim(named."value", '/'), replace(named."value", '/', '')) AS "Parent"
                        FROM (
                            SELECT "Body" FROM "Log" AS sent
                            WHERE sent."Stream" = "Cases"."Id" AND sent."Type" = 'case.dispatched' AND sent."Sequence" < (
                                SELECT MIN("Sequence") FROM "Log" AS said
                                WHERE said."Stream" = "Cases"."Id" AND said."Type" = 'case.called-back' AND json_extract(said."Body", '$.isReporter') IS NOT 1
                                    AND (json_extract(said."Body", '$.channel') IS NOT NULL OR json_extract(said."Body", '$.contacted') = 1))
                            ORDER BY sent."Sequence" DESC LIMIT 1) AS last, json_each(last."Body", '$.coUnits') AS named))
                WHERE "Unit" <> "Cases"."CountedUnit")
            WHERE "CalledBackAt" IS NOT NULL
                AND "Id" IN (SELECT "Stream" FROM "Log" WHERE "Type" = 'case.dispatched' AND json_array_length("Body", '$.coUnits') > 0);
            """;

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "CountedCoUnits",
                table: "Cases",
                type: "TEXT",
                nullable: true);

            migrationBuilder.Sql(FromTheLogs);

            // They count now beside the lead: everything is counted anew when the portal starts.
            migrationBuilder.Sql("""DELETE FROM "Tallies"; DELETE FROM "FigureChanges";""");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_BehindCoUnitsRates",
                table: "Cases",
                columns: new[] { "District", "CalledBackAt", "CountedCoUnits", "IsExcluded", "FirstContacted", "FirstSolved", "FirstSatisfaction", "FinalContacted", "Solved", "Satisfaction", "ReportedUnit", "Nature", "Id" },
                filter: "\"CountedCoUnits\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Cases_BehindCoUnitsRates",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "CountedCoUnits",
                table: "Cases");
        }
    }
}
