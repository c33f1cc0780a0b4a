using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JieSuJiBan.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class DecisionsAreDue : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "SignBy",
                table: "Whistles",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "SignLapsedAt",
                table: "Whistles",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "SignRemindAt",
                table: "Whistles",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "DecideBy",
                table: "LeaderRequests",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "LapsedAt",
                table: "LeaderRequests",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "RemindAt",
                table: "LeaderRequests",
                type: "INTEGER",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "SignBy",
                table: "Whistles");

            migrationBuilder.DropColumn(
                name: "SignLapsedAt",
                table: "Whistles");

            migrationBuilder.DropColumn(
                name: "SignRemindAt",
                table: "Whistles");

            migrationBuilder.DropColumn(
                name: "DecideBy",
                table: "LeaderRequests");

            migrationBuilder.DropColumn(
                name: "LapsedAt",
                table: "LeaderRequests");

            migrationBuilder.DropColumn(
                name: "RemindAt",
                table: "LeaderRequests");
        }
    }
}
