using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JieSuJiBan.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class CallersAreBound : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Cases_InCharge",
                table: "Cases");

            migrationBuilder.AddColumn<string>(
                name: "FirstCalledBy",
                table: "Cases",
                type: "TEXT",
                maxLength: 60,
                nullable: true);

            // Who made the first valid call, and who made the one that replaced it. And what is counted is counted anew: a 举报 does not
            // count for whom it is about.
            migrationBuilder.Sql(
                """
                UPDATE "Cases" SET "FirstCalledBy" = (SELECT CASE WHEN json_extract("Body", '$.channel') = 'Link' THEN NULL ELSE "By_UserId" END FROM "Log"
                    WHERE "Stream" = "Cases"."Id" AND "Type" = 'case.called-back' AND json_extract("Body", '$.isReporter') IS NOT 1
                        AND (json_extract("Body", '$.contacted') = 1 OR json_extract("Body", '$.channel') IS NOT NULL)
                    ORDER BY "Sequence" LIMIT 1)
                WHERE "CalledBackAt" IS NOT NULL;
                UPDATE "Cases" SET "FirstCalledBy" = (SELECT CASE WHEN json_extract("Body", '$.channel') = 'Link' THEN NULL ELSE "By_UserId" END FROM "Log"
                    WHERE "Stream" = "Cases"."Id" AND "Type" = 'case.called-back' AND json_extract("Body", '$.isReporter') IS NOT 1
                        AND (json_extract("Body", '$.contacted') = 1 OR json_extract("Body", '$.channel') IS NOT NULL)
                        AND "Sequence" > (SELECT MAX("Sequence") FROM "Log" WHERE "Stream" = "Cases"."Id" AND "Type" = 'case.contest-decided' AND json_extract("Body", '$.replaces') = 1)
                    ORDER BY "Sequence" LIMIT 1)
                WHERE "Id" IN (SELECT "CaseId" FROM "CaseContests" WHERE "Correction" = 'Made');
                DELETE FROM "Tallies";
                DELETE FROM "FigureChanges";
                """);

            migrationBuilder.CreateIndex(
                name: "IX_Cases_InCharge",
                table: "Cases",
                columns: new[] { "District", "DueAt", "Id", "ReportedUnit" },
                filter: "\"LeaderId\" IS NOT NULL AND \"IsOpen\" = 1");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Cases_InCharge",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "FirstCalledBy",
                table: "Cases");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_InCharge",
                table: "Cases",
                columns: new[] { "District", "IsOpen", "DueAt", "Id", "ReportedUnit" },
                filter: "\"LeaderId\" IS NOT NULL");
        }
    }
}
